import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { server } from './server.ts';

// jsdom lays nothing out: observers have nothing to report.
class SilentResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = SilentResizeObserver;

window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// jsdom does not implement styles of pseudo-elements and reports an error.
const { getComputedStyle } = window;
window.getComputedStyle = (element) => getComputedStyle(element);
Element.prototype.scrollIntoView = () => undefined;

// The whole page in every failure message hides the failure.
configure({
  asyncUtilTimeout: 60_000,
  getElementError: (message) => new Error(message ?? 'element not found'),
});

const complaints: string[] = [];
const collect = (...parts: unknown[]) => complaints.push(parts.map(String).join(' '));

/** Addresses that were asked for and have no answer yet, by the id of the request. */
const underWay = new Map<string, string>();

beforeAll(() => {
  server.listen({ onUnhandledFrame: 'error' });
  server.events.on('request:start', ({ requestId, request }) => void underWay.set(requestId, request.url));
  server.events.on('request:end', ({ requestId }) => void underWay.delete(requestId));
});
beforeEach(() => {
  console.error = collect;
  console.warn = collect;
});
afterEach(async () => {
  cleanup();
  // Else the answers of this test are gone when they are asked for, and the next test is told so.
  await new Promise((resolve) => setTimeout(resolve)); // what was just asked for is known then
  await vi.waitFor(() => expect([...underWay.values()]).toEqual([]), { timeout: 20_000 });
  document.body.replaceChildren();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
  // Deprecated props, missing keys, updates outside act: all of them are faults.
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(() => server.close());
