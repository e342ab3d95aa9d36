import { type CallbackSource, endpoints } from '@orgmirror/contracts';
import type { CallbackAddress } from '@orgmirror/wecom-simulator';
import type { ApiClient } from './api-client.ts';
import type { TestServer } from './start-test-server.ts';

/** However busy the machine is. */
export const checkTimeoutMs = 20_000;

/** What an admin does in both consoles so that events arrive: WeCom's own check included. */
export async function connectCallbacks(
  server: Pick<TestServer, 'api' | 'wecom'>,
  source: CallbackSource = 'contacts',
  options: Pick<CallbackAddress, 'shape' | 'contactEvents'> = {},
): Promise<void> {
  const { url, token, encodingAesKey } = await server.api.call(endpoints.saveCallback, {
    params: { source },
    body: { generate: true },
  });
  if (token === undefined || encodingAesKey === undefined) throw new Error('no secrets were generated');
  await putReconcileOff(server.api);
  await server.wecom.callbacks.set(source, { url, token, encodingAesKey, ...options }, checkTimeoutMs);
}

const hourMs = 3_600_000;

/** Puts the daily sync, which comes with the first address, half a day off: in a story it would be one too many. */
export function putReconcileOff(api: ApiClient): Promise<unknown> {
  const inShanghai = new Date(Date.now() + (8 + 12) * hourMs).toISOString();
  const schedule = { kind: 'daily', at: inShanghai.slice(11, 16) } as const;
  return api.call(endpoints.saveSyncSettings, { body: { schedule } });
}
