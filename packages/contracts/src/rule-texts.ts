/** Texts of `errors[].message` for rules beyond the type of a value; the schemas carry the English ones. */
export const ruleTexts = {
  timeOfDay: { zh: '格式为 HH:MM，从 00:00 到 23:59', en: 'HH:MM, from 00:00 to 23:59' },
  someWeekday: { zh: '至少选择一天，否则不会触发', en: 'at least one weekday is required' },
  eachWeekdayOnce: { zh: '每天只能出现一次', en: 'each weekday once' },
  timeZone: { zh: '不是 IANA 时区名称，例如 Asia/Shanghai', en: 'not an IANA time zone' },
  identifier: { zh: '只能包含字母、数字、_ 和 -', en: 'letters, digits, _ and - only' },
  digits: { zh: '只能包含数字', en: 'digits only' },
  printable: { zh: '只能包含可打印字符，不含空格', en: 'printable characters without spaces only' },
  someField: { zh: '至少填写一项', en: 'at least one field is required' },
  username: { zh: '只能包含字母、数字和 . _ @ -', en: 'letters, digits and . _ @ - only' },
  guessable: {
    zh: '过于常见或容易猜到，请换一个更长、更不规则的密码',
    en: 'too common or too easy to guess: choose a longer, less regular one',
  },
  callbackToken: { zh: '1 到 32 位字母或数字', en: '1 to 32 letters or digits' },
  encodingAesKey: { zh: '43 位字母或数字', en: '43 letters or digits' },
  origin: {
    zh: '应为来源地址，例如 https://org.example.com，不含路径',
    en: 'an origin such as https://org.example.com, without a path',
  },
  verificationFile: {
    zh: '应为从企业微信下载的 WW_verify_….txt',
    en: 'WW_verify_….txt, as downloaded from WeCom',
  },
  verificationText: {
    zh: '只能包含字母和数字，与下载的文件一致',
    en: 'letters and digits only, as in the downloaded file',
  },
  readable: {
    zh: '路径或请求头无法识别，请检查其编码',
    en: 'the path or a header cannot be decoded: check its encoding',
  },
  cursor: { zh: '不是此列表的游标', en: 'not a cursor of this list' },
  host: { zh: '不是主机名', en: 'not a host' },
  noNul: { zh: '不能包含 NUL 字符', en: 'NUL characters are not allowed' },
  neededWhenOn: { zh: '启用时必填', en: 'required while enabled' },
  mailAddress: {
    zh: '应为邮箱地址，例如 it@example.com',
    en: 'a mail address such as it@example.com',
  },
  webhookUrl: {
    zh: '应为 http(s) 网址，不含用户名和密码',
    en: 'an http(s) URL without user and password',
  },
  webhookSecret: {
    zh: '应为 whsec_ 加 24 到 64 字节的 Base64',
    en: 'whsec_ followed by 24 to 64 bytes in Base64',
  },
  passwordOfServer: {
    zh: '更换服务器或用户名时须重新填写密码',
    en: 'another server or user needs the password again',
  },
  eachColumnOnce: { zh: '每列只能出现一次', en: 'each column once' },
  filterOrUserIds: { zh: '筛选条件和成员账号只能给出一种', en: 'either a filter or userids' },
  tooManyFilters: { zh: '最多 20 项', en: 'at most 20 filters' },
  attributeKey: {
    zh: '以小写字母开头，只能包含小写字母、数字和 _',
    en: 'lower-case letters, digits and _ only, a letter first',
  },
  eachChoiceOnce: { zh: '每个可选值只能出现一次', en: 'each choice once' },
  choicesOfChoice: {
    zh: '单选至少需要一个可选值，其他类型没有可选值',
    en: 'a choice needs at least one, other types have none',
  },
  firstSecret: { zh: '首次保存时必填', en: 'required for the first save' },
} as const satisfies Record<string, { zh: string; en: string }>;
