/** What happened, why, and what to do, in one line. */
export interface StartupText {
  zh: string;
  en: string;
}

/** Thrown when the server cannot start; the message is one line in both languages for the person who started it. */
export class StartupError extends Error {
  override name = 'StartupError';

  constructor({ zh, en }: StartupText, options?: ErrorOptions) {
    const lines = `${zh} | ${en}`.split('\n').map((line) => line.trim());
    super(lines.filter(Boolean).join(' '), options);
  }
}

/** One line for the person who started it; the stack only at LOG_LEVEL=debug or trace. */
export function describeFailedStart(error: unknown, logLevel: string | undefined): string {
  const wantsStack = logLevel === 'debug' || logLevel === 'trace';
  if (error instanceof Error && wantsStack) return error.stack ?? error.message;
  if (error instanceof StartupError) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return new StartupError({
    zh: `启动失败：${reason}。以 LOG_LEVEL=debug 启动可查看详情。`,
    en: `The start failed: ${reason}. Start with LOG_LEVEL=debug for more.`,
  }).message;
}
