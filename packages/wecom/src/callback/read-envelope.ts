import { WecomCallbackError } from './callback-error.ts';
import { parseXml, readChildText } from './parse-xml.ts';

/**
 * The encrypted part of a callback's body: XML, or JSON as document/path/90968 shows it too. Anything else
 * there is not signed and not looked at.
 * @throws WecomCallbackError of kind malformed
 */
export function readEnvelope(body: string): string {
  const text = body.replace(/^\uFEFF/, '').trim();
  const encrypt = text.startsWith('{') ? readJsonEnvelope(text) : readChildText(parseXml(text), 'Encrypt');
  if (encrypt === undefined) throw new WecomCallbackError('malformed', 'there is no Encrypt');
  return encrypt;
}

function readJsonEnvelope(text: string): string | undefined {
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null || !('encrypt' in parsed)) return undefined;
  return typeof parsed.encrypt === 'string' && parsed.encrypt !== '' ? parsed.encrypt : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cause is kept: the parser's message quotes the sender's text.
    throw new WecomCallbackError('malformed', 'not complete JSON');
  }
}
