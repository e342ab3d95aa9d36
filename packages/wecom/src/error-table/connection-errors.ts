import type { ErrorEntry } from './entry.ts';

/** Codes about the connection itself: credentials, the app, the address, tokens, limits, the corp. */
export const CONNECTION_ERRORS: readonly ErrorEntry[] = [
  {
    codes: [-1],
    kind: 'transient',
    retry: 'backOff',
    zh: { sentence: '企业微信系统繁忙。', remedy: '已自动重试仍未成功，请过几分钟再试。' },
    en: {
      sentence: 'WeCom is busy.',
      remedy: 'Automatic retries did not succeed; try again in a few minutes.',
    },
  },
  {
    codes: [6000],
    kind: 'transient',
    retry: 'backOff',
    zh: { sentence: '企业微信中的数据正在被其他操作修改。', remedy: '请稍后再试。' },
    en: { sentence: 'The data in WeCom is being changed by someone else.', remedy: 'Try again later.' },
  },
  {
    codes: [81026],
    kind: 'transient',
    retry: 'backOff',
    zh: { sentence: '企业微信的这项功能正在维护。', remedy: '请稍后再试。' },
    en: { sentence: 'This feature of WeCom is under maintenance.', remedy: 'Try again later.' },
  },
  {
    codes: [40001, 40091],
    kind: 'credentials',
    retry: 'stop',
    zh: {
      sentence: '应用密钥（Secret）无效，或与企业 ID 不匹配。',
      remedy:
        '请在企业微信管理后台 → 应用管理中打开自建应用，重新复制 Secret，并确认企业 ID 正确、应用已启用。请勿反复尝试：多次使用错误密钥会使本服务器的 IP 被封 1 小时。',
    },
    en: {
      sentence: 'The Secret is not valid, or does not belong to this CorpID.',
      remedy:
        'Copy the Secret again from the self-built app in the WeCom console, check the CorpID and that the app is enabled. Do not keep trying: many wrong attempts block this IP for 1 hour.',
    },
  },
  {
    codes: [40013, 2000002],
    kind: 'credentials',
    retry: 'stop',
    zh: {
      sentence: '企业 ID（CorpID）无效。',
      remedy: '请在企业微信管理后台 → 我的企业 → 企业信息的底部重新复制企业 ID。',
    },
    en: {
      sentence: 'The CorpID is not valid.',
      remedy: 'Copy the CorpID again from the bottom of My Company in the WeCom console.',
    },
  },
  {
    codes: [41002],
    kind: 'credentials',
    retry: 'stop',
    zh: { sentence: '没有填写企业 ID(CorpID)。', remedy: '请在企业微信配置中填写企业 ID。' },
    en: { sentence: 'The CorpID is missing.', remedy: 'Fill in the CorpID in the WeCom settings.' },
  },
  {
    codes: [41004, 41024],
    kind: 'credentials',
    retry: 'stop',
    zh: { sentence: '没有填写应用密钥（Secret）。', remedy: '请在企业微信配置中填写应用密钥。' },
    en: { sentence: 'The Secret is missing.', remedy: 'Fill in the Secret in the WeCom settings.' },
  },
  {
    codes: [45031],
    kind: 'credentials',
    retry: 'stop',
    zh: {
      sentence: '应用密钥（Secret）强度过低，企业微信已拒绝使用。',
      remedy: '请在企业微信管理后台重置该应用的 Secret，并在此处更新。',
    },
    en: {
      sentence: 'WeCom refuses the Secret because it is too weak.',
      remedy: 'Reset the Secret of the app in the WeCom console and enter the new one here.',
    },
  },
  {
    codes: [40056],
    kind: 'agent',
    retry: 'stop',
    zh: {
      sentence: '应用 ID（AgentId）无效。',
      remedy: '请在企业微信管理后台 → 应用管理中重新复制该自建应用的 AgentId；应用可能已被删除。',
    },
    en: {
      sentence: 'The AgentId is not valid.',
      remedy:
        'Copy the AgentId of the self-built app again from the WeCom console; the app may have been deleted.',
    },
  },
  {
    codes: [41011],
    kind: 'agent',
    retry: 'stop',
    zh: { sentence: '没有填写应用 ID(AgentId)。', remedy: '请在企业微信配置中填写应用 ID。' },
    en: { sentence: 'The AgentId is missing.', remedy: 'Fill in the AgentId in the WeCom settings.' },
  },
  {
    codes: [301002],
    kind: 'agent',
    retry: 'stop',
    zh: {
      sentence: '应用 ID（AgentId）与应用密钥（Secret）不属于同一个应用。',
      remedy: '请从同一个自建应用的详情页复制 AgentId 和 Secret。',
    },
    en: {
      sentence: 'The AgentId and the Secret belong to different apps.',
      remedy: 'Copy AgentId and Secret from the page of the same self-built app.',
    },
  },
  {
    codes: [50003, 50006],
    kind: 'agent',
    retry: 'stop',
    zh: { sentence: '该应用已被停用。', remedy: '请在企业微信管理后台 → 应用管理中启用该应用。' },
    en: { sentence: 'The app is disabled.', remedy: 'Enable the app in the WeCom console.' },
  },
  {
    codes: [60030, 60031],
    kind: 'agent',
    retry: 'stop',
    zh: {
      sentence: '该应用不被允许调用这个接口，或超出了授权范围。',
      remedy: '请在企业微信管理后台检查应用的状态、可见范围和接口权限。',
    },
    en: {
      sentence: 'The app may not make this call, or goes beyond what it was granted.',
      remedy: 'Check the state, visible range and API permissions of the app in the WeCom console.',
    },
  },
  {
    codes: [60020],
    kind: 'ip',
    retry: 'stop',
    zh: {
      sentence: '企业微信拒绝了来自 {ip} 的访问：它不在该应用的企业可信 IP 中。',
      remedy:
        '请在企业微信管理后台 → 应用管理 → 该应用 → 企业可信IP 中加入 {ip}，约 1 分钟后重试。若看不到该项，请先设置可信域名或接收消息的 URL。',
    },
    en: {
      sentence: 'WeCom refused the call from {ip}: it is not among the trusted IPs of the app.',
      remedy:
        'Add {ip} under Trusted IPs of the app in the WeCom console and try again after about 1 minute. If there is no such item, first set a trusted domain or a URL to receive messages.',
    },
  },
  {
    codes: [301042],
    kind: 'ip',
    retry: 'stop',
    zh: {
      sentence: '{ip} 不在该功能模块的 IP 白名单中。',
      remedy: '请在企业微信管理后台该功能的设置中加入 {ip}。',
    },
    en: {
      sentence: '{ip} is not on the IP list of this WeCom feature.',
      remedy: 'Add {ip} in the settings of that feature in the WeCom console.',
    },
  },
  {
    codes: [85006, 85007],
    kind: 'ip',
    retry: 'never',
    zh: {
      sentence: '提交的 IP 列表过长或包含无效的 IP。',
      remedy: '可信 IP 最多 120 个，只能是单个公网 IPv4 地址。',
    },
    en: {
      sentence: 'The list of IPs is too long or holds an invalid one.',
      remedy: 'Up to 120 trusted IPs are allowed, each a single public IPv4 address.',
    },
  },
  {
    codes: [40014],
    kind: 'token',
    retry: 'refreshToken',
    zh: {
      sentence: '访问令牌无效，更换后仍被拒绝。',
      remedy: '请稍后重试；若仍出现，请检查应用是否被删除或密钥是否被重置。',
    },
    en: {
      sentence: 'The access token is not valid, also after it was renewed.',
      remedy: 'Try again later; if it stays, check whether the app was deleted or its Secret reset.',
    },
  },
  {
    codes: [42001],
    kind: 'token',
    retry: 'refreshToken',
    zh: {
      sentence: '访问令牌已过期，更换后仍被拒绝。',
      remedy: '请稍后重试，并检查本服务器的时间是否准确。',
    },
    en: {
      sentence: 'The access token has expired, also after it was renewed.',
      remedy: 'Try again later and check the clock of this server.',
    },
  },
  {
    codes: [41001],
    kind: 'token',
    retry: 'never',
    zh: { sentence: '请求没有带上访问令牌。', remedy: '请检查代理或网关是否删除了请求地址中的参数。' },
    en: {
      sentence: 'The request carried no access token.',
      remedy: 'Check whether a proxy or gateway strips parameters from the address.',
    },
  },
  {
    codes: [45009],
    kind: 'rate',
    retry: 'waitWindow',
    zh: {
      sentence: '接口调用超过了企业微信的频率限制。',
      remedy:
        '已等待仍未恢复。请过一段时间（超过分钟限制等 1 分钟，小时限制等 1 小时）再试，并调低每分钟调用数；可在企业微信开发者工具中用 hint 自助解封。',
    },
    en: {
      sentence: 'The calls exceed a rate limit of WeCom.',
      remedy:
        "Waiting did not help. Try again later (1 minute for the minute limit, 1 hour for the hour limit), lower the calls per minute, or lift the block with the hint in WeCom's developer tool.",
    },
  },
  {
    codes: [85004],
    kind: 'rate',
    retry: 'waitWindow',
    zh: { sentence: '本月设置可信域名的次数已达上限。', remedy: '请下个月再设置。' },
    en: { sentence: 'The trusted domain was changed too often this month.', remedy: 'Set it next month.' },
  },
  {
    codes: [45033],
    kind: 'concurrency',
    retry: 'backOff',
    zh: {
      sentence: '同时进行的接口调用过多。',
      remedy: '已自动重试仍未成功，请调低并发调用数；其他系统可能也在使用同一企业的接口。',
    },
    en: {
      sentence: 'Too many calls run at the same time.',
      remedy:
        "Automatic retries did not succeed; lower the number of parallel calls. Other systems may use the same corp's API.",
    },
  },
  {
    codes: [43009],
    kind: 'corp',
    retry: 'never',
    zh: { sentence: '企业主体尚未认证，不能使用该接口。', remedy: '请在企业微信管理后台完成企业认证。' },
    en: {
      sentence: 'The company is not verified, so this call is not available.',
      remedy: 'Complete the verification of the company in the WeCom console.',
    },
  },
  {
    codes: [301007],
    kind: 'corp',
    retry: 'stop',
    zh: {
      sentence: '该企业不可用（已解散或被封禁）。',
      remedy: '请登录企业微信管理后台查看企业状态，并联系企业微信客服。',
    },
    en: {
      sentence: 'The company cannot be used: it was dissolved or banned.',
      remedy: "Check the state of the company in the WeCom console and ask WeCom's support.",
    },
  },
  {
    codes: [65000],
    kind: 'corp',
    retry: 'stop',
    zh: {
      sentence: '该学校已迁移，不能再使用原来的接口。',
      remedy: '请联系企业微信客服确认迁移后的接入方式。',
    },
    en: {
      sentence: 'The school was migrated and its old API is gone.',
      remedy: "Ask WeCom's support how the migrated school is connected.",
    },
  },
];
