import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
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
  asyncUtilTimeout: 20_000,
  getElementError: (message) => new Error(message ?? 'element not found'),
});

const complaints: string[] = [];
const collect = (...parts: unknown[]) => complaints.push(parts.map(String).join(' '));

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => {
  console.error = collect;
  console.warn = collect;
});
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
  // Deprecated props, missing keys, updates outside act: all of them are faults.
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(() => server.close());
