import type { Locale } from '../platform/http/locale.ts';

const zh = {
  credentials: '企业 ID 与应用密钥有效，已取得访问令牌。',
  agent: '应用「{value}」可用，应用 ID 与密钥匹配。',
  agentDisabled: '应用已停用。',
  enableAgent: '请在企业微信管理后台 → 应用管理 中启用该应用。',
  emptyScope: '应用的可见范围为空，将读不到任何部门和成员。',
  widenScope: '请在企业微信管理后台 → 应用管理 → 该应用 → 可见范围 中加入需要同步的部门。',
  oneDepartment: '可读取 1 个部门。',
  departments: '可读取 {value} 个部门。',
  noDepartments: '没有可见的部门。',
  members: '可读取成员（抽查的部门有 {value} 人）。',
  noMembers: '抽查的部门中没有成员。',
  skipped: '上一步未通过，未执行。',
};

/** Names of what the connection test says; kept with its result, so none may be renamed. */
type CheckText = keyof typeof zh;

export const checkTextNames = Object.keys(zh) as [CheckText, ...CheckText[]]; // Object.keys widens to string

const en: Record<CheckText, string> = {
  credentials: 'CorpID and Secret are valid: an access token was issued.',
  agent: 'The app “{value}” is available; AgentId and Secret belong together.',
  agentDisabled: 'The app is disabled.',
  enableAgent: 'Enable the app in the WeCom admin console under App management.',
  emptyScope: "The app's visible scope is empty: no department and no member can be read.",
  widenScope:
    'In the WeCom admin console → App management → this app → visible scope, add the departments to sync.',
  oneDepartment: '1 department can be read.',
  departments: '{value} departments can be read.',
  noDepartments: 'No department is visible.',
  members: 'Members can be read ({value} in the department sampled).',
  noMembers: 'The departments sampled have no members.',
  skipped: 'Not tried, since an earlier step failed.',
};

/** What the connection test says when a step went well, or oddly; WeCom's errors have their own table. */
export const checkTexts: Record<Locale, Record<CheckText, string>> = { zh, en };
