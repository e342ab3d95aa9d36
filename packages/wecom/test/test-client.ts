import { createWecomClient, type WecomClient, type WecomClientOptions } from '../src/client.ts';
import { isWecomError, type WecomError } from '../src/errors.ts';
import { createJumpingClock } from './clocks.ts';

/** The secret that clients of these tests use. */
export const TEST_SECRET = 'secret-c2VjcmV0/+=0002';

/** A client whose waits cost no time. */
export function createTestClient(baseUrl: string, options: Partial<WecomClientOptions> = {}): WecomClient {
  return createWecomClient({
    corpId: 'ww1234567890abcdef',
    secret: TEST_SECRET,
    baseUrl,
    timeoutMs: 2_000,
    clock: createJumpingClock(),
    random: () => 0.5,
    ...options,
  });
}

/** The WeCom error that a call ends with; fails when it succeeds or ends otherwise. */
export async function catchWecomError(call: Promise<unknown>): Promise<WecomError> {
  try {
    await call;
  } catch (error) {
    if (isWecomError(error)) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}
