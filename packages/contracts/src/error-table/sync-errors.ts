import { type ErrorEntry, entry } from './entry.ts';

/** Errors of runs, plans and undos. */
export const syncErrors = {
  'sync.disabled': entry(
    409,
    'admin',
    ['未开启组织架构同步', '请先在 系统 → 企业设置 打开「同步组织架构」。'],
    ['Syncing is switched off', 'Turn on “Sync org structure” under System → Enterprise Settings first.'],
  ),
  'sync.already_running': entry(
    409,
    'caller',
    ['已有同步正在进行', '请等待它结束，或先取消它。'],
    ['A sync is already running', 'Wait until it ends, or cancel it first.'],
    true,
  ),
  'sync.not_cancellable': entry(
    409,
    'caller',
    ['该同步已结束', '已结束的同步不能取消。'],
    ['This run has ended', 'A run that has ended cannot be cancelled.'],
  ),
  'sync.not_awaiting_approval': entry(
    409,
    'caller',
    ['该同步没有待批准的变更', '它可能已被批准、拒绝或被之后的同步取代，请刷新页面。'],
    [
      'Nothing in this run awaits approval',
      'It may have been approved, rejected or superseded by a later run: refresh the page.',
    ],
  ),
  'sync.interrupted': entry(
    500,
    'operator',
    ['同步被中断', '执行同步的进程停止了。组织架构保持不变，请重新同步。'],
    [
      'The sync was interrupted',
      'The process that ran it stopped. The directory is unchanged: run the sync again.',
    ],
    true,
  ),
  'sync.cancelled': entry(
    409,
    'caller',
    ['同步已取消', '组织架构保持不变。'],
    ['The sync was cancelled', 'The directory is unchanged.'],
  ),
  'sync.superseded': entry(
    409,
    'caller',
    ['已被之后的同步取代', '之后的同步生成了新的计划，请查看最新的同步记录。'],
    ['Superseded by a later run', 'A later run made a new plan: see the latest run.'],
  ),
  'plan.stale': entry(
    409,
    'caller',
    ['计划已过期', '自生成该计划后组织架构、设置或计划本身已改变。请重新同步以生成新的计划。'],
    [
      'The plan is out of date',
      'The directory, the settings or the plan changed since the plan was made: run a new sync to get a new plan.',
    ],
  ),
  'sync.held_expired': entry(
    409,
    'caller',
    ['待批准的移除已过期', '超过 72 小时未批准，已作废。请重新同步以生成新的计划。'],
    [
      'The held changes have expired',
      'They were not approved within 72 hours: run a new sync to get a new plan.',
    ],
  ),
  'undo.conflict': entry(
    409,
    'caller',
    ['之后的同步又改动了相同的数据', '无法撤销。请查看 conflicts 中列出的条目，先撤销较晚的同步。'],
    [
      'A later run changed the same rows',
      'The run cannot be undone: see the rows under `conflicts`, and undo the later run first.',
    ],
  ),
  'undo.not_possible': entry(
    409,
    'caller',
    ['该同步不能撤销', '只有已成功应用且尚未撤销的同步可以撤销。'],
    ['This run cannot be undone', 'Only a run that was applied and has not been undone yet can be undone.'],
  ),
  'undo.unconfirmed': entry(
    409,
    'caller',
    [
      '撤销将移除的数量超过移除保护的上限',
      '撤销会移除 {members} 名成员和 {departments} 个部门。请在 confirmedRemovals 中填写总数 {total} 以确认。',
    ],
    [
      'The undo would remove more than the removal guard lets pass',
      'It would remove {members} members and {departments} departments: confirm by sending their total, {total}, as `confirmedRemovals`.',
    ],
  ),
} as const satisfies Record<string, ErrorEntry>;
