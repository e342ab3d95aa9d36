import type { ErrorEntry } from './entry.ts';

/** Codes of calls that change contacts, tags or apps; only met when a person asked for such a change. */
export const WRITE_ERRORS: readonly ErrorEntry[] = [
  {
    codes: [60001, 60009, 60125],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '部门名称长度不符或含有非法字符。',
      remedy: '请把部门名称改为 1 至 64 个字符，且不含 \\ : * ? " < > |。',
    },
    en: {
      sentence: 'The department name has a wrong length or forbidden characters.',
      remedy: 'Use 1 to 64 characters without \\ : * ? " < > |.',
    },
  },
  {
    codes: [60004, 60124],
    kind: 'gone',
    retry: 'never',
    zh: { sentence: '上级部门不存在。', remedy: '请先创建或选择一个存在的上级部门。' },
    en: {
      sentence: 'The parent department does not exist.',
      remedy: 'Create the parent first or choose one that exists.',
    },
  },
  {
    codes: [60005, 60006, 60007],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '部门下仍有成员或子部门，或为根部门，不能删除。',
      remedy: '请先移走其中的成员和子部门；根部门不能删除。',
    },
    en: {
      sentence: 'The department still has members or sub-departments, or is the root, and cannot be deleted.',
      remedy: 'Move its members and sub-departments first; the root cannot be deleted.',
    },
  },
  {
    codes: [60008],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '部门已存在（ID 或同级名称重复）。', remedy: '请更换部门名称或 ID。' },
    en: {
      sentence: 'The department exists already: its id, or its name among its siblings.',
      remedy: 'Use another name or id.',
    },
  },
  {
    codes: [60010],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '部门的上级关系形成了循环。', remedy: '请选择不在其下级中的上级部门。' },
    en: {
      sentence: 'The departments would form a loop.',
      remedy: 'Choose a parent that is not below the department.',
    },
  },
  {
    codes: [60102, 60104, 60106],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '成员账号、手机号或邮箱已被占用。',
      remedy: '请在企业微信管理后台查找占用者，或换一个。',
    },
    en: {
      sentence: 'The userid, mobile or e-mail is already taken.',
      remedy: 'Find who holds it in the WeCom console, or use another one.',
    },
  },
  {
    codes: [60103, 60105, 60107],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '手机号、邮箱或微信号格式不正确。', remedy: '请更正后重试。' },
    en: { sentence: 'The mobile, e-mail or WeChat id is malformed.', remedy: 'Correct it and try again.' },
  },
  {
    codes: [60110, 60127, 60132, 60257],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '成员的部门、负责人或直属上级设置不符合要求。',
      remedy: '请检查部门数量、负责人列表长度和直属上级数量。',
    },
    en: {
      sentence: "The member's departments, leader flags or direct leaders do not meet the rules.",
      remedy:
        'Check the number of departments, the length of the leader list and the number of direct leaders.',
    },
  },
  {
    codes: [60112, 60129],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '成员姓名不符合要求，或手机号和邮箱都没有填写。',
      remedy: '请填写姓名，以及手机号或邮箱。',
    },
    en: {
      sentence: "The member's name is not allowed, or both mobile and e-mail are missing.",
      remedy: 'Fill in a name and a mobile or an e-mail.',
    },
  },
  {
    codes: [60141, 60142, 60143, 60144, 60145, 60146, 60147, 60148],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '成员的邮箱、企业邮箱或手机号不能更新，或找不到对应的成员。',
      remedy: 'OrgMirror 不会主动修改企业微信中的数据；请在企业微信管理后台检查该数据后重试。',
    },
    en: {
      sentence: 'The mail, company mail or mobile cannot be updated, or no member was found for it.',
      remedy:
        'OrgMirror changes nothing in WeCom by itself; check the data in the WeCom console and try again.',
    },
  },
  {
    codes: [81015],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '邮箱的域名与企业邮箱不一致。', remedy: '请使用企业邮箱的域名。' },
    en: { sentence: "The mail domain is not the company's.", remedy: 'Use the domain of the company mail.' },
  },
  {
    codes: [90100, 90101, 90102, 90103, 90104, 90105, 90106],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '成员的对外信息字段不符合要求。',
      remedy: '请检查对外信息的类型、文字长度、标题和网址。',
    },
    en: {
      sentence: 'An external profile field of the member does not meet the rules.',
      remedy: 'Check its type, text length, title and address.',
    },
  },
  {
    codes: [301012, 301013, 301014, 301015],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '成员的职务、座机、英文名或头像素材无效。', remedy: '请更正后重试。' },
    en: {
      sentence: 'The position, telephone, English name or picture of the member is not valid.',
      remedy: 'Correct it and try again.',
    },
  },
  {
    codes: [301036],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '成员账号不可修改。', remedy: '只有系统生成的账号可以修改，且只能改一次。' },
    en: {
      sentence: 'The userid may not be changed.',
      remedy: 'Only a generated userid can be changed, and only once.',
    },
  },
  {
    codes: [40071, 40072],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '标签名称已被使用或长度不符。', remedy: '请换一个不超过 32 个字的标签名称。' },
    en: {
      sentence: 'The tag name is taken or has a wrong length.',
      remedy: 'Use another name of up to 32 characters.',
    },
  },
  {
    codes: [40092],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '导入文件的内容不正确。', remedy: '请按模板更正文件后重新导入。' },
    en: {
      sentence: 'The content of the import file is wrong.',
      remedy: 'Correct the file after the template and import it again.',
    },
  },
  {
    codes: [45022],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '应用名称长度不符。', remedy: '请修改应用名称的长度。' },
    en: { sentence: 'The app name has a wrong length.', remedy: 'Change the length of the app name.' },
  },
  {
    codes: [85009, 85012],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '应用信息不完整或权限名称有误。', remedy: '请在企业微信管理后台补全应用信息。' },
    en: {
      sentence: 'The app information is incomplete or a permission name is wrong.',
      remedy: 'Complete the app information in the WeCom console.',
    },
  },
  {
    codes: [40126, 81001, 81002, 81003],
    kind: 'quota',
    retry: 'never',
    zh: {
      sentence: '超过了企业微信的数量上限：标签数、部门节点数、部门层级或标签成员数。',
      remedy: '请减少数量：标签最多 3000 个，单个部门或标签最多 30000 个节点，部门最多 15 层。',
    },
    en: {
      sentence: 'A limit of WeCom is exceeded: tags, nodes of a department, levels or members of a tag.',
      remedy: 'Reduce the number: up to 3,000 tags, 30,000 nodes per department or tag, 15 levels.',
    },
  },
  {
    codes: [45024],
    kind: 'quota',
    retry: 'never',
    zh: { sentence: '企业的成员数已达上限。', remedy: '请在企业微信管理后台完成认证或扩容。' },
    en: {
      sentence: 'The company has reached its number of members.',
      remedy: 'Verify the company or raise its size in the WeCom console.',
    },
  },
  {
    codes: [45026],
    kind: 'quota',
    retry: 'never',
    zh: {
      sentence: '一次删除的成员过多，触发了企业微信的删除保护。',
      remedy: '请确认要删除的成员，分批操作。',
    },
    en: {
      sentence: "Too many members would be deleted at once; WeCom's protection stopped it.",
      remedy: 'Check who is to be deleted and do it in parts.',
    },
  },
  {
    codes: [60012, 301005],
    kind: 'permission',
    retry: 'never',
    zh: { sentence: '不允许删除默认应用或企业创建者。', remedy: '请在企业微信管理后台处理。' },
    en: {
      sentence: 'The default app or the creator of the company may not be deleted.',
      remedy: 'Do it in the WeCom console.',
    },
  },
];
