import { fingerprintAppSecret } from '../../src/connection/check-app-secret.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';

/** What the operator sets when APP_SECRET was lost: another, and its fingerprint. */
export const acceptSecret = (appSecret: string): Record<string, string> => ({
  APP_SECRET: appSecret,
  ACCEPT_APP_SECRET: fingerprintAppSecret(createSecretBox(appSecret)),
});
