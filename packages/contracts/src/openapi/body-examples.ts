import type * as z from 'zod';
import type { BodyOf, Endpoint } from '../endpoint.ts';
import type { EndpointName, endpoints } from '../endpoints/index.ts';

type Operations = typeof endpoints;
type NameWithBody = {
  [N in EndpointName]: Operations[N] extends Endpoint & { body: z.ZodType } ? N : never;
}[EndpointName];

/** One example for the body of every operation that has one. */
export const bodyExamples: { [N in NameWithBody]: BodyOf<Operations[N]> } = {
  completeSetup: { setupCode: 'K7QX-29FM', username: 'admin', password: 'correct horse battery' },
  signIn: { username: 'admin', password: 'correct horse battery' },
  createSignInPanel: { returnTo: '/system/org' },
  createLocalAccount: { username: 'zhangwei', role: 'auditor' },
  updateLocalAccount: { enabled: false },
  completePasswordReset: {
    token: 'q7Jm2Wk9sN4vXcR1aLd8TfYh3BzUeGpO',
    newPassword: 'correct horse battery',
  },
  changeMyPassword: { currentPassword: 'correct horse battery', newPassword: 'a longer pass phrase' },
  savePreferences: {
    memberList: {
      columns: [{ key: 'status', isShown: true, isPinned: false, width: 120 }],
      density: 'compact',
    },
  },
  createAuthProvider: { kind: 'wecom-oauth2', name: 'WeCom', scope: 'snsapi_privateinfo' },
  updateAuthProvider: { enabled: false },
  saveVerificationFile: { name: 'WW_verify_AbCdEf123456.txt', content: 'AbCdEf123456' },
  saveWecomSettings: {
    corpId: 'ww1a2b3c4d5e6f7a8b',
    agentId: 1000002,
    secret: 'SECRET-OF-THE-APP',
    version: 3,
  },
  testWecomSettings: { corpId: 'ww1a2b3c4d5e6f7a8b', agentId: 1000002 },
  saveSyncSettings: { enabled: true, schedule: { kind: 'daily', at: '02:30' }, retentionDays: 180 },
  saveCallback: { generate: true },
  startSyncRun: { mode: 'preview' },
  approveSyncRun: { planFingerprint: '9f2c4e6a1b3d5f70' },
  undoSyncRun: { confirmedRemovals: 67 },
  checkMember: { apply: false },
  setMemberAccess: { role: 'auditor' },
  setMembersAccess: { userIds: ['zhangsan', 'lisi'], disabled: true },
  revealMember: { field: 'mobile' },
  revealMyField: { field: 'mobile' },
  markNoticesRead: { until: '2026-11-26T08:30:00.000Z' },
  saveNoticeSettings: {
    language: 'zh',
    quietHours: { from: '22:00', to: '07:00' },
    wecom: { enabled: true, userIds: ['zhangsan'] },
    email: {
      enabled: true,
      host: 'smtp.example.com',
      port: 465,
      security: 'tls',
      username: 'orgmirror@example.com',
      password: 'PASSWORD-OF-THE-MAILBOX',
      from: 'orgmirror@example.com',
      to: ['it@example.com'],
    },
    webhook: { enabled: false, url: '' },
    version: 1,
  },
  testNoticeChannel: { channel: 'email' },
  createAttribute: { key: 'cost_center', nameZh: '成本中心', nameEn: 'Cost centre', type: 'text' },
  updateAttribute: { nameEn: 'Cost center' },
  applyAttributeImport: { fingerprint: '9f2c4e6a1b3d5f70' },
  recordExport: { list: 'auditEntries', filter: { action: 'member.' } },
  createExport: {
    list: 'members',
    format: 'xlsx',
    columns: ['name', 'wecomUserId', 'departments', 'status'],
    filter: { departmentId: 12, recursive: true },
  },
};
