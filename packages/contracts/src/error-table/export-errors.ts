import { type ErrorEntry, entry } from './entry.ts';

/** Why a list could not be exported. */
export const exportErrors = {
  'export.too_many': entry(
    409,
    'caller',
    ['导出文件已达上限', '最多同时保留 {max} 个导出，请先删除不再需要的。'],
    ['Too many exports are kept', 'At most {max} are kept at a time: delete one that is no longer needed.'],
  ),
  'export.not_ready': entry(
    409,
    'caller',
    ['导出尚未完成', '请等待完成后再下载；失败的导出请重新开始。'],
    ['The export is not finished', 'Wait until it is finished; start one that failed again.'],
  ),
  'export.interrupted': entry(
    503,
    'operator',
    ['导出多次中断', '生成文件的服务进程连续 {attempts} 次退出。请重新导出；如再次发生，请查看服务器日志。'],
    [
      'The export was interrupted again and again',
      'The process that wrote the file ended {attempts} times. Export again; if it happens again, see the log of the server.',
    ],
    true,
  ),
} as const satisfies Record<string, ErrorEntry>;
