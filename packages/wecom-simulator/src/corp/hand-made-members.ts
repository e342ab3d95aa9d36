import type { Member, Membership } from './corp.ts';

const inDepartment = (departmentId: number, order = 0, isLeader = false): Membership => ({
  departmentId,
  order,
  isLeader,
});

function member(
  userid: string,
  name: string,
  memberships: readonly Membership[],
  fields: Partial<Member> = {},
): Member {
  return {
    userid,
    name,
    memberships,
    mainDepartmentId: memberships[0]?.departmentId ?? 1,
    position: '',
    status: 1,
    directLeaders: [],
    ...fields,
  };
}

const skillCard = {
  attrs: [
    { type: 0, name: '工号', text: { value: 'XC-00017' } },
    { type: 1, name: '个人主页', web: { url: 'https://wiki.xingchen.example/~linyi', title: '林一的主页' } },
  ],
};

const publicCard = {
  external_corp_name: '星辰科技',
  wechat_channels: { nickname: '星辰科技', status: 1 },
  external_attr: [{ type: 0, name: '专长', text: { value: '物联网方案' } }],
};

const leaders: readonly Member[] = [
  member('ChenXing', '陈星', [inDepartment(1, 4_294_967_295, true)], {
    position: '董事长兼 CEO',
    extras: {
      english_name: 'Star Chen',
      alias: 'Star',
      external_position: 'CEO',
      external_profile: publicCard,
    },
  }),
  member('linyi', '林一', [inDepartment(2, 100, true), inDepartment(1, 90)], {
    position: '首席技术官',
    directLeaders: ['ChenXing'],
    extras: { english_name: 'Yi Lin', extattr: skillCard, telephone: '0755-8600-1001' },
  }),
  member('ouyang.na', '欧阳娜', [inDepartment(3, 100, true), inDepartment(1, 80), inDepartment(24, 5)], {
    position: '营销副总裁',
    directLeaders: ['ChenXing'],
    mainDepartmentId: 3,
    extras: { external_position: '副总裁', external_profile: publicCard },
  }),
  member('Zhao_Gang', '赵刚', [inDepartment(4, 100, true), inDepartment(31, 60, true)], {
    position: '制造副总裁',
    directLeaders: ['ChenXing'],
    mainDepartmentId: 31,
  }),
  member('zeng-min', '曾敏', [inDepartment(5, 100, true), inDepartment(41, 100, true)], {
    position: '人力资源总监',
    directLeaders: ['ChenXing'],
    mainDepartmentId: 41,
  }),
  member('yuchi.jingde@xingchen', '尉迟敬', [inDepartment(11, 100, true), inDepartment(113, 50)], {
    position: '平台研发负责人',
    directLeaders: ['linyi'],
    mainDepartmentId: 11,
    extras: { english_name: 'Jason Yuchi', alias: '老尉' },
  }),
  member('QiuHai', '仇海', [inDepartment(22, 100, true), inDepartment(221, 100, true)], {
    position: '华南区总经理',
    directLeaders: ['ouyang.na'],
    mainDepartmentId: 22,
  }),
];

const unusual: readonly Member[] = [
  member('shan.xiong', '单雄', [inDepartment(111)], { position: '后端工程师' }),
  member('XieZhen', '解珍', [inDepartment(111), inDepartment(13)], {
    position: '测试开发',
    mainDepartmentId: 13,
  }),
  member('zha_liangyong', '查良', [inDepartment(24)], { position: '文案策划' }),
  member('ou-mingxing', '区明星', [inDepartment(222)], { position: '客户经理' }),
  member('happy.sun', '孙悦😀', [inDepartment(24)], { extras: { alias: '开心果 🎉' } }),
  member('family.emoji', '周全👨‍👩‍👧', [inDepartment(45)], {}),
  member('bold.li', '李<b>粗</b>', [inDepartment(112)], {
    position: '前端 <script>alert(1)</script> 工程师',
  }),
  member('o.brien', 'O\'Brien "Bob" 鲍勃', [inDepartment(14)], { extras: { english_name: "Bob O'Brien" } }),
  member('percent', '百分_百%', [inDepartment(42)], { position: '100% 对账' }),
  member('blank.wu', ' 吴前空', [inDepartment(33)], { position: '计划员 ' }),
  member('qian-duo', '钱&多', [inDepartment(42)], {}),
  member('zero.width', '郑\u200b零宽', [inDepartment(43)], {}),
  member('wangwei1', '王伟', [inDepartment(311)], {}),
  member('WangWei2', '王伟', [inDepartment(312)], {}),
  member('quit.soon', '冯远', [inDepartment(32)], { status: 2, position: '客服专员' }),
  member('suspended.he', '何停', [inDepartment(23)], { status: 2, position: '销售代表' }),
  member('new.joiner1', '许新', [inDepartment(41)], { status: 4 }),
  member('new.joiner2', '朱未来', [inDepartment(111)], { status: 4 }),
  member('new.joiner3', '蒋晓', [inDepartment(221)], { status: 4 }),
  member('new.joiner4', '贾待入职', [inDepartment(312)], { status: 4 }),
  member(
    'five.hats',
    '高兼职',
    [21, 22, 23, 24, 32].map((id, index) => inDepartment(id, index)),
    {
      position: '区域支持',
      mainDepartmentId: 23,
    },
  ),
];

/** The hand-made members of the sample corp; the others are generated. */
export const handMadeMembers: readonly Member[] = [...leaders, ...unusual];
