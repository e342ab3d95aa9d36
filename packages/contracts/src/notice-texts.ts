import type { ErrorText } from './error-table/entry.ts';

/** What needs a person. */
export const noticeKinds = [
  'run.failed',
  'secret.rejected',
  'run.held',
  'approval.expiring',
  'sync.paused',
  'drift.found',
  'events.failed',
] as const;
/** Value of {@link noticeKinds}. */
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notice says in both languages; the server replaces `{name}` placeholders. */
export const noticeTexts = {
  'run.failed': {
    zh: { title: '同步失败：{error}', detail: '{remedy}' },
    en: { title: 'A sync failed: {error}', detail: '{remedy}' },
  },
  'secret.rejected': {
    zh: { title: '企业微信不接受应用密钥', detail: '同步因此失败。{remedy}' },
    en: { title: 'WeCom does not accept the Secret', detail: 'A sync failed for that reason. {remedy}' },
  },
  'run.held': {
    zh: {
      title: '有移除待批准：成员 {members}，部门 {departments}',
      detail: '超过了移除保护的上限，请核对后批准或拒绝；逾期作废。',
    },
    en: {
      title: 'Removals await approval: members {members}, departments {departments}',
      detail:
        'They are above the limit of the removal guard: check them, then approve or reject. The approval expires.',
    },
  },
  'approval.expiring': {
    zh: {
      title: '待批准的移除即将过期：成员 {members}，部门 {departments}',
      detail: '{hours} 小时内未处理即作废，这些成员和部门会保留，直到下次同步。',
    },
    en: {
      title: 'An approval is about to expire: members {members}, departments {departments}',
      detail: 'Without a decision within {hours} hours it lapses, and they stay until the next sync.',
    },
  },
  'sync.paused': {
    zh: { title: '自动同步已暂停：{error}', detail: '处理之前不会再自动同步。{remedy}' },
    en: {
      title: 'Scheduled syncs are paused: {error}',
      detail: 'None starts until this is solved. {remedy}',
    },
  },
  'drift.found': {
    zh: {
      title: '对账发现 {changes} 处事件未带来的变化',
      detail: '请核对接收事件的地址是否正常，详见该次同步。',
    },
    en: {
      title: 'Changes found that no event had brought: {changes}',
      detail: 'Check that events still arrive; the sync shows what was found.',
    },
  },
  'events.failed': {
    zh: { title: '企业微信的事件处理失败', detail: '多次重试仍未成功，请在事件记录中查看原因并重放。' },
    en: {
      title: 'An event of WeCom could not be processed',
      detail: 'Retries did not help: see the reason under Events, and replay it.',
    },
  },
} as const satisfies Record<NoticeKind, Record<'zh' | 'en', ErrorText>>;
