import { type ChainFault, type ChainPosition, verifyChain } from '../audit/verify-chain.ts';
import type { Database } from '../platform/database/database.ts';
import { StartupError, type StartupText } from '../platform/startup-error.ts';
import type { CommandContext } from './command-context.ts';

const faultTexts: Record<ChainFault, StartupText> = {
  link_missing: { zh: '此前的链节缺失', en: 'a link before it is missing' },
  link_changed: { zh: '链节被改动', en: 'its link was changed' },
  entry_changed: { zh: '内容被改动', en: 'it was changed' },
  entry_missing: { zh: '未到保留期即被删除', en: 'it was deleted before its time' },
  entry_unlinked: { zh: '不在链中', en: 'it is not in the chain' },
};

/**
 * Verifies the chain of the audit log, also while servers write to it, and prints where it ends.
 * @throws StartupError that names the first entry with which something is wrong
 */
export async function verifyAudit({ args, print }: CommandContext, { prisma }: Database): Promise<void> {
  const [known] = args;
  const finding = await verifyChain(
    prisma,
    new Date(),
    known === undefined ? undefined : readPosition(known),
  );
  if (finding.kind === 'unknown_position')
    throw new StartupError({
      zh: `链中没有 ${known}：操作日志的末尾被截断，或整条链被重写。`,
      en: `The chain does not hold ${known}: the end of the audit log was cut off, or the chain was rewritten.`,
    });
  if (finding.kind === 'broken') {
    const { fault, seq, id, at, action } = finding;
    const name = [seq === null ? '' : `#${seq}`, at.toISOString(), action, id].filter(Boolean).join(' ');
    const { zh, en } = faultTexts[fault];
    throw new StartupError({ zh: `操作日志 ${name}：${zh}。`, en: `Audit entry ${name}: ${en}.` });
  }
  const { head, links, deleted } = finding;
  print(
    `操作日志完整：共 ${links} 条，其中 ${deleted} 条已过保留期删除。 | The audit log is whole: ${links} entries, ${deleted} of them deleted after their retention.`,
  );
  print(`链尾，请另行保存 | Its end, to be kept elsewhere: ${head.seq}:${head.hash}`);
}

function readPosition(text: string): ChainPosition {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new StartupError({
      zh: `${text} 不是链的位置，应为 audit:verify 打印的“序号:校验值”。`,
      en: `${text} is no position of the chain: give <number>:<hash> as audit:verify prints it.`,
    });
  return { seq: BigInt(seq), hash };
}
