import type { Problem } from '@orgmirror/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { RequestOutcome } from './sign-in-requests.ts';

interface EntryForm<T> {
  formRef: RefObject<HTMLFormElement | null>;
  isSending: boolean;
  /** Undefined before the first failure, null when the server could not be reached. */
  problem: Problem | null | undefined;
  /** By field name, from the server. */
  fieldErrors: Readonly<Record<string, string>>;
  /** Seconds until the server takes another attempt; 0 when it would take one now. */
  waitSeconds: number;
  /** Whether it was sent with something missing, which is marked from then on. */
  isRefused: boolean;
  /** Instead of sending: marks what is missing, with the cursor in the first such field. */
  refuse(): void;
  send(request: () => Promise<RequestOutcome<T>>): Promise<T | undefined>;
}

/** The state that both forms before sign-in share: sending, problem, errors by field, forced pause, what is missing. */
export function useSignInForm<T>(): EntryForm<T> {
  const formRef = useRef<HTMLFormElement | null>(null);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null | undefined>(undefined);
  const [waitSeconds, setWaitSeconds] = useState(0);
  const [refusals, setRefusals] = useState(0);

  useEffect(() => {
    if (waitSeconds <= 0) return;
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1_000);
    return () => clearTimeout(timer);
  }, [waitSeconds]);

  const fieldErrors = readFieldErrors(problem);
  useEffect(() => {
    if (problem !== undefined || refusals > 0)
      formRef.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus();
  }, [problem, refusals]);

  const send = async (request: () => Promise<RequestOutcome<T>>) => {
    setSending(true);
    setProblem(undefined);
    const answer = await request();
    setSending(false);
    if (answer.kind === 'answered') return answer.body;
    setProblem(answer.kind === 'problem' ? answer.problem : null);
    if (answer.kind === 'problem') setWaitSeconds(answer.retryAfterSeconds ?? 0);
    return undefined;
  };

  return {
    formRef,
    isSending,
    problem,
    fieldErrors,
    waitSeconds,
    isRefused: refusals > 0,
    refuse: () => setRefusals(refusals + 1),
    send,
  };
}

// Paths may come with the place of the body in front: only the field's own name matters here.
function readFieldErrors(problem: Problem | null | undefined): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of problem?.errors ?? []) errors[path.split(/[./]/).at(-1) ?? path] = message;
  return errors;
}
