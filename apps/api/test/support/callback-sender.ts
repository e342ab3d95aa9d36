import { endpoints } from '@orgmirror/contracts';
import { encrypt, getSignature } from '@wecom/crypto';
import { putReconcileOff } from './connect-callbacks.ts';
import type { TestServer } from './start-test-server.ts';

export interface CallbackSender {
  token: string;
  encodingAesKey: string;
  /** Sends an event as WeCom does; `inside` is what stands between `<xml>` and `</xml>`. */
  send(inside: string, changes?: Partial<SentParts>): Promise<Response>;
  /** Asks for the URL check. */
  check(echo: string, changes?: Partial<SentParts>): Promise<Response>;
}

interface SentParts {
  source: string;
  text: string;
  receiver: string;
  encrypted: string;
  signature: string;
  body: string;
  headers: Record<string, string>;
  query: string;
}

let nonces = 0;
const timestamp = () => String(Math.floor(Date.now() / 1000));

/** Configures the address and gives a sender for it, built on WeCom's own library. */
export async function createCallbackSender(
  server: TestServer,
  source: 'app' | 'contacts' = 'contacts',
): Promise<CallbackSender> {
  const answer = await server.api.call(endpoints.saveCallback, {
    params: { source },
    body: { generate: true },
  });
  await putReconcileOff(server.api);
  return createSender(server.url, server.wecom.corpid, {
    token: answer.token!,
    encodingAesKey: answer.encodingAesKey!,
    source,
  });
}

function createSender(
  url: string,
  corpId: string,
  { token, encodingAesKey, source: ownSource }: { token: string; encodingAesKey: string; source: string },
): CallbackSender {
  const sign = (text: string, { receiver = corpId, encrypted, signature, query }: Partial<SentParts>) => {
    const cipher = encrypted ?? encrypt(encodingAesKey, text, receiver);
    const nonce = `n${nonces++}`;
    const at = timestamp();
    const msg_signature = signature ?? getSignature(token, at, nonce, cipher);
    return { cipher, query: query ?? String(new URLSearchParams({ msg_signature, timestamp: at, nonce })) };
  };
  const addressOf = (source = ownSource) => `${url}/api/v1/wecom/callback/${source}`;
  return {
    token,
    encodingAesKey,
    send: async (inside, changes = {}) => {
      const { cipher, query } = sign(changes.text ?? buildEvent(corpId, inside), changes);
      const envelope = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[]]></AgentID><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`;
      return fetch(`${addressOf(changes.source)}?${query}`, {
        method: 'POST',
        body: Buffer.from(changes.body ?? envelope),
        headers: { 'content-type': 'text/xml', ...changes.headers },
      });
    },
    check: async (echo, changes = {}) => {
      const { cipher, query } = sign(echo, changes);
      const echostr = changes.query === undefined ? `&echostr=${encodeURIComponent(cipher)}` : '';
      return fetch(`${addressOf(changes.source)}?${query}${echostr}`);
    },
  };
}

/** Never twice the same text: what WeCom repeats within a second is told apart by nothing else. */
let serial = 0;
const buildEvent = (corpId: string, inside: string) =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${timestamp()}</CreateTime><MsgType><![CDATA[event]]></MsgType>${inside}<Serial>${serial++}</Serial></xml>`;

const change = (changeType: string, inside: string): string =>
  `<Event><![CDATA[change_contact]]></Event><ChangeType><![CDATA[${changeType}]]></ChangeType>${inside}`;
export const memberChange = (changeType: string, userid: string, newUserid?: string): string =>
  change(
    changeType,
    `<UserID><![CDATA[${userid}]]></UserID>${newUserid === undefined ? '' : `<NewUserID><![CDATA[${newUserid}]]></NewUserID>`}`,
  );
export const departmentChange = (changeType: string, id: number): string =>
  change(changeType, `<Id>${id}</Id>`);
