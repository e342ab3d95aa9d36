import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { checkHealth } from '../lib/api/health.ts';
import { useIsServerReachable } from '../lib/http/reachability.ts';

const retryIntervalMs = 3_000;

/**
 * Says that the server does not answer, while the page keeps what it shows; asks until it does and then
 * fetches everything in sight again.
 */
export function ServerBanner() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isReachable = useIsServerReachable();
  useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => checkHealth(signal),
    enabled: !isReachable,
    retry: false,
    refetchInterval: retryIntervalMs,
    networkMode: 'always', // the browser's own idea of being offline is a guess
    gcTime: 0,
  });
  const wasReachable = useRef(isReachable);
  useEffect(() => {
    if (isReachable && !wasReachable.current) void client.refetchQueries({ type: 'active' });
    wasReachable.current = isReachable;
  }, [client, isReachable]);
  if (isReachable) return null;
  return (
    <div className="om-server-banner" role="alert">
      {t('shell.offline')}
    </div>
  );
}
