import type { Problem } from '@orgmirror/contracts';

/** A failed request: `problem` is the error of the server, null when there was no usable answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem | null;

  constructor(problem: Problem | null, options?: ErrorOptions) {
    super(problem ? `${problem.code}: ${problem.title}` : 'no answer from the server', options);
    this.problem = problem;
  }
}

/**
 * Whether a body looks like a problem; the schema of the contract is not shipped to the browser for its size.
 */
export function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'title' in body &&
    typeof body.title === 'string'
  );
}

/** The problem's code, or undefined for any other error. */
export const getProblemCode = (error: unknown): Problem['code'] | undefined =>
  error instanceof ProblemError ? error.problem?.code : undefined;

/** The title of the problem in the language of the user, or undefined for any other error. */
export const getProblemTitle = (error: unknown): string | undefined =>
  error instanceof ProblemError ? error.problem?.title : undefined;

/** The problem of a failed request, or the one that a run ended with; null for any other error. */
export function readProblem(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  if (typeof error === 'object' && error !== null && 'code' in error && 'detail' in error)
    return error as Problem; // the `error` of a run is a problem by contract
  return null;
}
