import { useTranslation } from 'react-i18next';
import { Link, type UIMatch, useMatches } from 'react-router-dom';

export type Crumb =
  | 'overview'
  | 'me'
  | 'system'
  | 'org'
  | 'chart'
  | 'enterprise'
  | 'attributes'
  | 'administrators'
  | 'syncRuns'
  | 'syncRun'
  | 'events'
  | 'audit';

const paths: Partial<Record<Crumb, string>> = {
  org: '/system/org',
  enterprise: '/system/enterprise',
  administrators: '/system/administrators',
  syncRuns: '/system/sync-runs',
  events: '/system/events',
  audit: '/system/audit',
};

const hasCrumbs = (match: UIMatch): match is UIMatch<unknown, { crumbs: Crumb[] }> =>
  typeof match.handle === 'object' && match.handle !== null && 'crumbs' in match.handle;

const useCrumbs = (): readonly Crumb[] => useMatches().findLast(hasCrumbs)?.handle.crumbs ?? [];

/** The page above the current one, e.g. the list of what is shown; undefined at the top. */
export function useParentPath(): string | undefined {
  const parent = useCrumbs().at(-2);
  return parent && paths[parent];
}

/** Where the page is: 系统 / 组织架构. */
export function PageCrumbs() {
  const { t } = useTranslation();
  const crumbs = useCrumbs();
  const getText = (crumb: Crumb) => (crumb === 'chart' ? t('org.chart.title') : t(`shell.nav.${crumb}`));
  return (
    <nav className="om-crumbs" aria-label={t('shell.breadcrumb')}>
      <ol>
        {crumbs.map((crumb, index) => {
          const path = paths[crumb];
          const isLast = index === crumbs.length - 1;
          return (
            <li key={crumb} {...(isLast && { 'aria-current': 'page' as const })}>
              {path !== undefined && !isLast ? <Link to={path}>{getText(crumb)}</Link> : getText(crumb)}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
