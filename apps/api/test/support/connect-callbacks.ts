import { type CallbackSource, endpoints } from '@orgmirror/contracts';
import type { CallbackAddress } from '@orgmirror/wecom-simulator';
import type { TestServer } from './start-test-server.ts';

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
  await server.wecom.callbacks.set(source, { url, token, encodingAesKey, ...options });
}
