import { type Activity, endpoints, type MemberTotals } from '@orgmirror/contracts';
import type { Router } from 'express';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../platform/http/public-origin.ts';
import { createRevisionCache } from './cache-by-revision.ts';
import { type OverviewDependencies, readOverview } from './read-overview.ts';

export function registerOverviewRoutes(router: Router, dependencies: OverviewDependencies): void {
  const { callbacks } = dependencies;
  const caches = { totals: createRevisionCache<MemberTotals>(), activity: createRevisionCache<Activity>() };
  mountEndpoint(router, endpoints.getOverview, async ({ locale, req }) => {
    await callbacks.stats.flush();
    return readOverview(dependencies, caches, { locale, origin: getPublicOrigin(req) });
  });
}
