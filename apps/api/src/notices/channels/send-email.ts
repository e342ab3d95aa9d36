import type { NoticeSettings } from '@orgmirror/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type SendNotice, writeText } from './channel.ts';
import { describeNetworkError } from './describe-network-error.ts';

/** For connecting, for the greeting, and for silence in between. */
export interface MailTimeouts {
  connectMs: number;
  silenceMs: number;
}

export interface MailTarget
  extends Pick<NoticeSettings['email'], 'host' | 'port' | 'security' | 'username' | 'from' | 'to'> {
  /** '' without a username. */
  password: string;
  timeouts: MailTimeouts;
}

/**
 * Sends one mail to all recipients. Its Message-ID is made from the notice's id, so that mailboxes which get
 * it twice can tell.
 */
export const sendByEmail =
  (target: MailTarget): SendNotice =>
  async (notice, signal) => {
    const { host, port, from, to } = target;
    const transport = await openTransport(target);
    try {
      const sent = await transport.sendMail({
        from: { name: 'OrgMirror', address: from },
        to,
        subject: notice.title,
        text: writeText(notice),
        messageId: `<${notice.id}@orgmirror>`,
        date: notice.at,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      });
      const missed = sent.rejected.map((recipient: string | { address: string }) =>
        typeof recipient === 'string' ? recipient : recipient.address,
      );
      if (missed.length === 0) return null;
      return new AppError('notice.recipients_missed', { values: { recipients: missed.join(', ') } });
    } catch (error) {
      throw describeMailError(error, `${host}:${port}`);
    } finally {
      transport.close();
    }
  };

async function openTransport({ host, port, security, username, password, timeouts }: MailTarget) {
  const { createTransport } = await import('nodemailer'); // most installations send no mail
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls', // a server without it gets neither mail nor password
    ignoreTLS: security === 'none',
    ...(username !== '' && { auth: { user: username, pass: password } }),
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The longest answer of a server that is shown. */
const maxAnswerLength = 300;

function describeMailError(thrown: unknown, host: string): AppError {
  if (thrown instanceof Error && 'response' in thrown && typeof thrown.response === 'string')
    return new AppError('notice.refused', {
      cause: thrown,
      values: { host, answer: thrown.response.slice(0, maxAnswerLength).toWellFormed() },
    });
  return describeNetworkError(thrown, host);
}
