import { relative } from 'node:path';
import type { Reporter, TestModule, TestSpecification } from 'vitest/node';

/** How long the output may stay silent. */
const maxSilenceMs = 12_000;

/** Says every few seconds what runs and how far it is, and ends the output with one line: `N passed, N failed`. */
export default class ProgressReporter implements Reporter {
  #total = 0;
  #ended = 0;
  #startedAtMs = 0;
  #lastLineAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** When each began, by its name. */
  readonly #running = new Map<string, number>();

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#total = specifications.length;
    this.#startedAtMs = this.#lastLineAtMs = performance.now();
    this.#timer = setInterval(() => this.#printProgress(), 1_000);
    this.#timer.unref();
  }

  onTestModuleQueued(module: TestModule): void {
    this.#running.set(nameOf(module), performance.now());
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(nameOf(module));
    this.#ended++;
    this.#lastLineAtMs = performance.now(); // the default reporter prints a line
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    clearInterval(this.#timer);
    const { passed, failed, skipped } = countTests(modules);
    // Last of all: after what the other reporters still have to say.
    process.once('exit', () => {
      const tail = skipped > 0 ? `, ${skipped} skipped` : '';
      process.stdout.write(`\n${passed} passed, ${failed + unhandledErrors.length} failed${tail}\n`);
    });
  }

  #printProgress(): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastLineAtMs < maxSilenceMs) return;
    this.#lastLineAtMs = nowMs;
    const running = [...this.#running].map(
      ([name, sinceMs]) => `${name} (${formatSeconds(nowMs - sinceMs)})`,
    );
    process.stdout.write(
      ` … ${this.#ended} of ${this.#total} files after ${formatSeconds(nowMs - this.#startedAtMs)}; running: ${running.join(', ')}\n`,
    );
  }
}

const nameOf = ({ project, moduleId }: TestModule): string =>
  `${project.name} ${relative(process.cwd(), moduleId)}`;

const formatSeconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

function countTests(modules: readonly TestModule[]): { passed: number; failed: number; skipped: number } {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    if (module.errors().length > 0) counts.failed++;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed' || state === 'failed') counts[state]++;
      else counts.skipped++;
    }
  }
  return counts;
}
