/** What happened, why, and what to do, in one line. */
export interface StartupText {
  zh: string;
  en: string;
}

/** Thrown when the server cannot start; the message is one line in both languages for the person who started it. */
export class StartupError extends Error {
  override name = 'StartupError';

  constructor({ zh, en }: StartupText, options?: ErrorOptions) {
    super(`${zh} | ${en}`.replaceAll(/\s*\n\s*/g, ' '), options);
  }
}
