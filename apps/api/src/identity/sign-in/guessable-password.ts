import { ruleTexts } from '@orgmirror/contracts';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { AppError } from '../../platform/errors/app-error.ts';

/** Below it a list of common passwords, a row of keys or a repetition is all that a guesser needs. */
const minScore = 2;
/** What follows makes no bad beginning better, and the time to judge grows faster than the length. */
const judgedLength = 64;

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/**
 * Whether a password is among the first that anyone tries: a common one, a repetition, a row of keys, the
 * username.
 */
export const isGuessable = (password: string, username: string): boolean =>
  password.trim() === '' || judge.check(password.slice(0, judgedLength), [username]).score < minScore;

/** @throws AppError `request.invalid` at `path` */
export function refuseGuessable(password: string, username: string, path: string): void {
  if (isGuessable(password, username))
    throw new AppError('request.invalid', { errors: [{ path, message: ruleTexts.guessable }] });
}
