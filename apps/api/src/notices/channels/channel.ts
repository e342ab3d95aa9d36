import type { NoticeKind } from '@orgmirror/contracts';
import type { AppError } from '../../platform/errors/app-error.ts';

/** A notice in the language of the receivers. */
export interface OutgoingNotice {
  /** The same at every attempt: receivers tell a repeated delivery by it. */
  id: string;
  /** `test` for one that an admin asked for. */
  kind: NoticeKind | 'test';
  at: Date;
  title: string;
  detail: string;
  /** Address of the page that it is about; null while the console's own address is not configured. */
  link: string | null;
  runId: string | null;
}

/**
 * Sends a notice, once.
 * @returns null when all have it, `notice.recipients_missed` when some have
 * @throws AppError when nobody has it, or nobody knows; then it may be sent again under the same id
 */
export type SendNotice = (notice: OutgoingNotice, signal: AbortSignal) => Promise<AppError | null>;

/** The whole of a message for people. */
export const writeText = ({ title, detail, link }: OutgoingNotice): string =>
  [title, detail, link].filter(Boolean).join('\n\n');
