import { request } from 'node:http';
import { errorCodes, problem } from '@orgmirror/contracts';
import { expect } from 'vitest';
import type { Answer } from './api-client.ts';

/** What only the inside of the server may know: libraries, statements, files, stacks. */
const inside =
  /prisma|postgres|pglite|node_modules|\bSELECT\b|\bINSERT\b|\.ts:\d|\n\s+at |ZodError|SyntaxError/i;

/** Expects a 4xx of the contract that tells nothing about the server's inside. */
export function expectRefusal({ status, headers, body }: Answer<unknown>): void {
  expect([status, JSON.stringify(body)]).toEqual([expect.any(Number), expect.not.stringMatching(inside)]);
  expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const { code, status: told } = problem.parse(body);
  expect(errorCodes).toContain(code);
  expect(told).toBe(status);
}

/** A GET whose path is sent as it is: `fetch` would tidy it up. */
export function getRaw(
  baseUrl: string,
  path: string,
  headers: Record<string, string>,
): Promise<Answer<unknown>> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: isJson ? JSON.parse(text) : text,
        });
      });
    });
    asked.once('error', reject).end();
  });
}
