import i18next from 'i18next';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { membersFixture } from '../../../test/fixtures.ts';
import { answerWith } from '../../../test/server.ts';
import { switchLanguage } from '../../i18n/language.ts';
import { exportMembers } from './export-members.ts';
import { readOrgParams } from './org-params.ts';

it('reads every page of the current filter and writes one row a member', async () => {
  const queries: string[] = [];
  answerWith('get', '/members', ({ request }) => {
    const { searchParams } = new URL(request.url);
    queries.push(searchParams.toString());
    const isFirst = searchParams.get('cursor') === null;
    const [member] = membersFixture;
    return HttpResponse.json({
      items: [isFirst ? member : { ...member, name: '=cmd()', wecomUserId: 'second', position: null }],
      nextCursor: isFirst ? 'c2' : null,
      total: 2,
    });
  });
  await switchLanguage('zh-CN');
  const progress: number[] = [];
  const { csv, count } = await exportMembers(
    readOrgParams(new URLSearchParams('status=activated')),
    i18next.t,
    (read) => progress.push(read),
    new AbortController().signal,
  );
  expect(queries).toEqual([
    'status=activated&presence=present&limit=200',
    'status=activated&presence=present&limit=200&cursor=c2',
  ]);
  expect(progress).toEqual([1, 2]);
  expect(count).toBe(2);
  const lines = csv.split('\r\n');
  expect(lines[0]).toBe('\uFEFF姓名,别名,账号,部门,主部门,负责的部门,职务,状态,手机,邮箱');
  expect(lines[1]).toBe(
    '王芳,Fanny,WangFang,"星河科技/研发中心/前端组; 星河科技/销售部",星河科技/研发中心/前端组,星河科技/研发中心/前端组,前端工程师,已激活,,',
  );
  expect(lines[2]).toMatch(/^'=cmd\(\),/);
});
