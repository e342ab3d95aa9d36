import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepOwnPath } from './return-to.ts';

/** So that a failure repeats. */
const seed = Number(process.env.PROPERTY_SEED ?? 20_260_911);

const origins = ['https://console.example', 'http://127.0.0.1:3000', 'http://[::1]:8080'];
const origin = fc.constantFrom(...origins);

/** Everything that makes a path look like another thing to a URL parser, in any order. */
const piece = fc.oneof(
  fc.constantFrom('/', '//', '\\', '.', '..', '%2e', '%2f', '%5c', '%00', '@', ':', '?', '#', '&', ';'),
  fc.constantFrom('\t', '\n', '\r', '\0', '\u007f', ' ', '\u00a0', '\ufeff', '\u2028', '／', '\ud800'),
  fc.constantFrom(
    'http:',
    'https:',
    'javascript:',
    'data:',
    'file:',
    'evil.example',
    'console.example',
    'user',
  ),
  fc.constantFrom('sign-in', 'SETUP', 'api', 'system/org', '[::1]', '127.0.0.1:3000'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const anything = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const wanted = fc.oneof(
  anything,
  anything.map((text) => `/${text}`),
  fc.webUrl(),
  fc.string({ unit: 'binary' }),
);

describe('where a sign-in may lead', () => {
  it('is a page of this console for any input', () => {
    fc.assert(
      fc.property(wanted, origin, (text, own) => {
        const path = keepOwnPath(text, own);
        const opened = new URL(path, `${own}/sign-in?error=x`);
        expect(opened.origin).toBe(own);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(path).toMatch(/^[\x21-\x7e]+$/);
        expect(opened.pathname).not.toMatch(/^\/((sign-in|setup)\/?$|api(\/|$))/i);
        // A path that was kept stays as it is, however often it is asked about.
        expect(keepOwnPath(path, own)).toBe(path);
      }),
      { numRuns: 20_000, seed },
    );
  });

  it('is what was wanted when that is a page of this console', () => {
    const segment = fc
      .stringMatching(/^[a-z0-9-]{1,12}$/)
      .filter((text) => !/^(sign-in|setup|api)$/.test(text));
    const page = fc
      .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.option(segment), fc.option(segment))
      .map(
        ([path, query, hash]) => `/${path.join('/')}${query ? `?q=${query}` : ''}${hash ? `#${hash}` : ''}`,
      );
    fc.assert(
      fc.property(page, origin, (text, own) => void expect(keepOwnPath(text, own)).toBe(text)),
      { seed },
    );
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/x/..//evil.example',
  ])('is the start page for %s, which a browser takes for another host', (text) => {
    expect(keepOwnPath(text, 'https://console.example')).toBe('/');
  });
});
