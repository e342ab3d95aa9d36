import type { Page } from 'playwright-core';

/** An error behind the page that a user would not see. */
export interface Trouble {
  readonly text: string;
  readonly url: string;
}

/**
 * Reports everything that goes wrong behind a page: errors and warnings in its console (broken content
 * policies are among them), exceptions, requests that failed, and requests to other servers than `origin`.
 */
export function watchPage(page: Page, origin: string, report: (trouble: Trouble) => void): void {
  page.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warning')
      report({ text: `console ${type}: ${message.text()}`, url: message.location().url });
  });
  page.on('pageerror', (error) => report({ text: `exception: ${error.message}`, url: page.url() }));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Leaving a page ends its event stream and what it was still asking for.
    if (reason !== 'net::ERR_ABORTED') report({ text: `request failed: ${reason}`, url: request.url() });
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol.startsWith('http'))
      report({ text: 'request to another server', url: url.href });
  });
}
