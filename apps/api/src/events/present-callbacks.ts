import type { CallbackEndpoint, CallbackSettings, CallbackSource } from '@orgmirror/contracts';
import type { CallbackEndpoint as EndpointRow, PrismaClient } from '../platform/database/generated/client.ts';
import { listEndpoints } from './callback-endpoint-repository.ts';
import { countEvents, findAgentEvent } from './callback-event-repository.ts';

/**
 * The two addresses as the API shows them, below `origin`; without a saved connection nothing is configured.
 */
export async function presentCallbacks(
  prisma: PrismaClient,
  corpRowId: number | undefined,
  origin: string,
): Promise<CallbackSettings> {
  const [endpoints, counts, agentEvent] =
    corpRowId === undefined
      ? [[], [], null]
      : await Promise.all([
          listEndpoints(prisma, corpRowId),
          countEvents(prisma, corpRowId),
          findAgentEvent(prisma, corpRowId),
        ]);
  const present = (source: CallbackSource): CallbackEndpoint => {
    const count = (status: string) =>
      counts.find((row) => row.source === source && row.status === status)?.count ?? 0;
    const row = endpoints.find((endpoint) => endpoint.source === source);
    return {
      url: `${origin}/api/v1/wecom/callback/${source}`,
      configured: row !== undefined,
      ...presentHistory(row),
      waiting: count('waiting'),
      failed: count('failed'),
    };
  };
  return {
    app: present('app'),
    contacts: present('contacts'),
    agentWarning:
      agentEvent?.event === 'close_inactive_agent'
        ? { event: agentEvent.event, at: (agentEvent.occurredAt ?? agentEvent.receivedAt).toISOString() }
        : null,
  };
}

const presentHistory = (row: EndpointRow | undefined) => ({
  verifiedAt: row?.verifiedAt?.toISOString() ?? null,
  lastEventAt: row?.lastEventAt?.toISOString() ?? null,
  rejected: row?.rejectedCount ?? 0,
  lastRejectedAt: row?.lastRejectedAt?.toISOString() ?? null,
  lastRejection: row?.lastRejection ?? null,
});
