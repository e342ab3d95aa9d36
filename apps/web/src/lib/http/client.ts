import axios, { type AxiosError } from 'axios';
import { languagePreference } from '../../config/preferences.ts';
import { buildSessionEndedPath } from '../return-to.ts';
import { isEndingSession } from './end-session.ts';
import { isProblem, ProblemError } from './problem-error.ts';
import { setServerReachable } from './reachability.ts';

/** The one HTTP client of the console: own origin, current language, errors as {@link ProblemError}. */
export const httpClient = axios.create({ baseURL: '/api/v1', timeout: 60_000 });

httpClient.interceptors.request.use((request) => {
  request.headers.set('Accept-Language', languagePreference.get());
  return request;
});

httpClient.interceptors.response.use(noteAnswer, (error: AxiosError) => {
  if (axios.isCancel(error)) throw error;
  setServerReachable(error.response !== undefined);
  const body = error.response?.data;
  const problem = isProblem(body) ? body : null;
  if (problem?.code === 'session.required' && !isEndingSession()) leaveForSignIn();
  throw new ProblemError(problem, { cause: error });
});

function noteAnswer<Answer>(answer: Answer): Answer {
  setServerReachable(true);
  return answer;
}

// A full page load on purpose: nothing of the ended session stays in memory.
function leaveForSignIn(): void {
  const { pathname, search, hash } = window.location;
  window.location.assign(buildSessionEndedPath(`${pathname}${search}${hash}`));
}
