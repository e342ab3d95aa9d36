import { httpClient } from '../http/client.ts';

/** Whether the server answers; outside the API, so that no session is needed. */
export async function checkHealth(signal: AbortSignal): Promise<true> {
  await httpClient.get('/healthz', { baseURL: '/', timeout: 10_000, signal });
  return true;
}
