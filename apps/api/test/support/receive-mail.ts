import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { findFreePort } from './find-free-port.ts';

/** A real SMTP server that keeps what it takes. */
export interface MailReceiver {
  port: number;
  mails: { to: string[]; text: string }[];
  close(): Promise<void>;
}

/** Accounts need the user `mirror` with the password `open sesame`; TLS is by a certificate that nobody trusts. */
export async function receiveMail(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const mails: MailReceiver['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'mirror' && password === 'open sesame'
        ? done(null, { user: username })
        : done(new Error('Wrong user or password')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // clients that hang up at the certificate
  const port = await findFreePort(); // nobody takes it once the server is closed: it is then refused
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
