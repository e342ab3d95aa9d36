import { type Corp, createCorp, hireMember } from '@orgmirror/wecom-simulator';

const words = {
  'zh-CN': { departments: ['总部', '研发部', '销售部', '前端组'], member: '成员', position: '工程师' },
  'en-US': {
    departments: ['Headquarters', 'Research', 'Sales', 'Frontend'],
    member: 'Person',
    position: 'Engineer',
  },
} as const;

/** A small corp whose every name is of one language, so that a text of the other cannot be data. */
export function createNamedCorp(language: keyof typeof words): Corp {
  const corp = createCorp();
  const { departments, member, position } = words[language];
  for (const [index, name] of departments.entries())
    corp.putDepartment({
      id: index + 1,
      name,
      parentid: Math.ceil(index / 2),
      order: 100 - index,
      leaders: index === 1 ? ['u1'] : [],
    });
  for (let serial = 1; serial <= 20; serial += 1)
    hireMember(corp, {
      userid: `u${serial}`,
      name: `${member} ${serial}`,
      departmentIds: [1 + (serial % departments.length)],
      position,
      status: serial === 5 ? 4 : 1,
    });
  return corp;
}
