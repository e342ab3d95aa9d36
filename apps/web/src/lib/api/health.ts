import { httpClient } from '../http/client.ts';

/** Whether the server answers at all; outside the API, so that nothing else can be in the way. */
export async function checkHealth(signal: AbortSignal): Promise<true> {
  await httpClient.get('/healthz', { baseURL: '/', timeout: 10_000, signal });
  return true;
}
