import type { Locale } from '../../platform/http/locale.ts';

const zh = {
  agent: (name: string) => `应用「${name}」可用。`,
  agentDisabled: '应用已停用，成员无法登录。',
  enableAgent: '请在企业微信管理后台 → 应用管理 中启用该应用。',
  domain: (domain: string) => `应用的可信域名是 ${domain}，与本站一致。`,
  noDomain: '应用尚未设置可信域名。',
  otherDomain: (found: string) => `应用的可信域名是 ${found}，与本站不一致。`,
  enterDomain: (domain: string) =>
    `请在企业微信管理后台 → 应用管理 → 该应用 → 网页授权及JS-SDK 中填写 ${domain}，不带 https://；有端口时端口也须一致。`,
  file: (name: string) => `本站根目录提供校验文件 ${name}。`,
  noFile: '本站没有保存校验文件。',
  uploadFile: '若由域名所在的其他站点提供该文件，可以忽略；否则请下载企业微信的 WW_verify_….txt 并在此上传。',
  skipped: '上一步未通过，未执行。',
};

const en: typeof zh = {
  agent: (name) => `The app “${name}” is available.`,
  agentDisabled: 'The app is disabled: members cannot sign in.',
  enableAgent: 'Enable the app in the WeCom admin console under App management.',
  domain: (domain) => `The app's trusted domain is ${domain}, which is this site.`,
  noDomain: 'The app has no trusted domain yet.',
  otherDomain: (found) => `The app's trusted domain is ${found}, which is not this site.`,
  enterDomain: (domain) =>
    `In the WeCom admin console → App management → this app → web authorisation and JS-SDK, enter ${domain} without https://; where there is a port, it must be the same too.`,
  file: (name) => `The verification file ${name} is served at the root of this site.`,
  noFile: 'No verification file is stored here.',
  uploadFile:
    "Ignore this if another site of the domain serves it; else download WeCom's WW_verify_….txt and upload it here.",
  skipped: 'Not tried, since an earlier step failed.',
};

/** What the check of a way to sign in says; WeCom's errors have their own table. */
export const checkProviderTexts: Record<Locale, typeof zh> = { zh, en };
