import type { SyncRun } from '@orgmirror/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { cacheRun, refreshAfterRun, runQuery } from './run-queries.ts';
import { isActiveRun } from './run-states.ts';

/**
 * One run, followed live: by its event stream, or by polling where there is none.
 * When it stops being active, the tree, the members and the history are fetched again.
 */
export function useLiveRun(id: string) {
  const client = useQueryClient();
  const [isStreaming, setStreaming] = useState(false);
  const result = useQuery(runQuery(id, isStreaming));
  const isActive = result.data !== undefined && isActiveRun(result.data);

  useEffect(() => {
    if (!isActive || typeof EventSource === 'undefined') return;
    const source = new EventSource(`/api/v1/sync-runs/${encodeURIComponent(id)}/events`);
    // our own server's run
    const cache = (event: MessageEvent<string>) => cacheRun(client, JSON.parse(event.data) as SyncRun);
    source.addEventListener('progress', (event: MessageEvent<string>) => {
      setStreaming(true);
      cache(event);
    });
    source.addEventListener('finished', (event: MessageEvent<string>) => {
      source.close();
      setStreaming(false);
      cache(event);
    });
    source.addEventListener('error', () => setStreaming(false));
    return () => {
      source.close();
      setStreaming(false);
    };
  }, [client, id, isActive]);

  const wasActive = useRef(false);
  useEffect(() => {
    if (wasActive.current && !isActive) void refreshAfterRun(client);
    wasActive.current = isActive;
  }, [client, isActive]);

  return result;
}
