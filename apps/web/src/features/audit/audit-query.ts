import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAuditEntries } from '../../lib/api/audit.ts';
import { type AuditFilters, toAuditQuery } from './audit-filters.ts';

/** One page of the audit log; the previous one stays in sight while it loads. */
export const auditQuery = (filters: AuditFilters, cursor: string | undefined) => {
  const query = { limit: 50, ...toAuditQuery(filters), ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => listAuditEntries({ query }, signal),
    placeholderData: keepPreviousData,
  });
};
