import type { ErrorEntry } from './entry.ts';

/** Codes about the connection itself: credentials, the app, the address, tokens, limits. */
export const CONNECTION_ERRORS: readonly ErrorEntry[] = [
  {
    codes: [-1],
    kind: 'transient',
    retry: 'backOff',
    zh: { sentence: '企业微信系统繁忙。', remedy: '已自动重试仍未成功,请过几分钟再试。' },
    en: {
      sentence: 'WeCom is busy.',
      remedy: 'Automatic retries did not succeed; try again in a few minutes.',
    },
  },
  {
    codes: [6000, 81026],
    kind: 'transient',
    retry: 'backOff',
    zh: { sentence: '企业微信的数据正在变更或功能正在维护。', remedy: '请稍后再试。' },
    en: {
      sentence: 'The data is being changed or the feature is under maintenance.',
      remedy: 'Try again later.',
    },
  },
  {
    codes: [40001, 40091, 41004],
    kind: 'credentials',
    retry: 'stop',
    zh: {
      sentence: '应用密钥(Secret)无效,或与企业 ID 不匹配。',
      remedy:
        '在企业微信管理后台 → 应用管理 → 自建应用中重新复制 Secret,并确认应用已启用。请勿反复尝试:多次使用错误密钥会使本机 IP 被封 1 小时。',
    },
    en: {
      sentence: 'The Secret is not valid, or does not belong to this CorpID.',
      remedy:
        'Copy the Secret again from the self-built app in the WeCom console and make sure the app is enabled. Do not keep trying: many wrong attempts block this IP for 1 hour.',
    },
  },
];
