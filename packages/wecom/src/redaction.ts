const MASK = '[redacted]';

/** Removes secrets from a text before it may become part of an error, an event or a log line. */
export type Redact = (text: string) => string;

/**
 * Builds a redactor for the values known at this moment, in plain and URL-encoded form. Parameters and JSON
 * fields named access_token, corpsecret, encoding_aeskey or user_ticket, and credentials in URLs, are always
 * masked: a proxy or an old token may put a value into a text that is not among `secrets`.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const values = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed()), encodeQueryValue(secret)])
    // Longest first: a secret that contains another one must not be left half visible.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, MASK);
    return (
      clean
        .replace(/((?:access_token|corpsecret)=)[^&\s"'#<>,]+/gi, `$1${MASK}`)
        .replace(/("(?:access_token|corpsecret|encoding_aeskey|user_ticket)"\s*:\s*")[^"]*/gi, `$1${MASK}`)
        // Without the scheme before it: looking for where that begins would take the square of the text's
        // length.
        .replace(/:\/\/[^/@\s"'<>]+@/g, `://${MASK}@`)
    );
  };
}

/** The value as our own URLs hold it; differs from encodeURIComponent in blanks and some punctuation. */
function encodeQueryValue(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length);
}

/** The credentials in a proxy URL, each as written and decoded; empty when there are none. */
export function listProxySecrets(proxyUrl: string | undefined): string[] {
  if (proxyUrl === undefined || !URL.canParse(proxyUrl)) return [];
  const { password } = new URL(proxyUrl);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
