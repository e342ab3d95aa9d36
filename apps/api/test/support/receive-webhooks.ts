import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A webhook as its receiver verified it. */
export interface ReceivedWebhook {
  id: string;
  body: unknown;
}

/** A receiver that takes only what the library of the standard verifies. */
export interface WebhookReceiver {
  url: string;
  received: ReceivedWebhook[];
  /** What it answers; with a location it redirects. */
  answer: { status: number; location?: string };
  close(): Promise<void>;
}

/** Starts a receiver that knows the secret, on a port of its own. */
export async function receiveWebhooks(secret: string): Promise<WebhookReceiver> {
  const webhook = new Webhook(secret);
  const server = createServer(async (request, response) => {
    const { status, location } = receiver.answer;
    if (status < 300) {
      const body = webhook.verify(await readText(request), {
        'webhook-id': String(request.headers['webhook-id']),
        'webhook-timestamp': String(request.headers['webhook-timestamp']),
        'webhook-signature': String(request.headers['webhook-signature']),
      });
      receiver.received.push({ id: String(request.headers['webhook-id']), body });
    }
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, // it listens on TCP
    received: [],
    answer: { status: 204 },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding was set
  return Buffer.concat(chunks).toString('utf8');
}
