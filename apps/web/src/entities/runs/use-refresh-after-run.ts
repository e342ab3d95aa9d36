import type { SyncRun } from '@orgmirror/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { refreshAfterRun } from './run-queries.ts';
import { isActiveRun } from './run-states.ts';

const goingOn = 'going on';

/** Which run ended and how; undefined while that is not known. */
function describeEnd(latest: SyncRun | null | undefined): string | undefined {
  if (latest === undefined) return undefined;
  if (latest === null) return 'none';
  return isActiveRun(latest) ? goingOn : `${latest.id} ${latest.status} ${latest.finishedAt}`;
}

/**
 * Refetches everything that a run changes whenever the latest run has a new end state: also after a run of
 * another user or of an event that was over before this page saw it active.
 */
export function useRefreshAfterRun(latest: SyncRun | null | undefined): void {
  const client = useQueryClient();
  const end = describeEnd(latest);
  const seenEnd = useRef<string>(undefined);
  useEffect(() => {
    if (end === undefined) return;
    const isNew = seenEnd.current !== undefined && seenEnd.current !== end;
    seenEnd.current = end;
    if (isNew && end !== goingOn) void refreshAfterRun(client);
  }, [client, end]);
}
