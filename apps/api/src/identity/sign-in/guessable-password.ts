import { ruleTexts } from '@orgmirror/contracts';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { AppError } from '../../platform/errors/app-error.ts';

/** Below it a list of common passwords, a row of keys or a repetition is all that a guesser needs. */
const minScore = 2;
/** What follows makes no bad beginning better, and the time to judge grows faster than the length. */
const judgedLength = 64;

let judge: Promise<ZxcvbnFactory> | undefined;

/** Few processes judge a password, and its lists of common ones would be a tenth of a start. */
async function loadJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

/**
 * Whether a password is among the first that anyone tries: a common one, a repetition, a row of keys, the
 * username.
 */
export async function isGuessable(password: string, username: string): Promise<boolean> {
  if (password.trim() === '') return true;
  judge ??= loadJudge();
  return (await judge).check(password.slice(0, judgedLength), [username]).score < minScore;
}

/** @throws AppError `request.invalid` at `path` */
export async function refuseGuessable(password: string, username: string, path: string): Promise<void> {
  if (await isGuessable(password, username))
    throw new AppError('request.invalid', { errors: [{ path, message: ruleTexts.guessable }] });
}
