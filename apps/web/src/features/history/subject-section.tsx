import type { SubjectSection, SyncRun } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { listSyncSubjects } from '../../lib/api/sync-runs.ts';
import { formatCount } from '../../lib/format.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { HeldReasons } from './held-reasons.tsx';
import type { RunParams } from './run-params.ts';
import { SubjectDepartments } from './subject-departments.tsx';
import { SubjectRow } from './subject-row.tsx';

interface SubjectQuery {
  section?: SubjectSection | undefined;
  q?: string;
  departmentId?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

const subjectsQuery = (run: SyncRun, { section, q = '', departmentId, limit, cursor }: SubjectQuery) => {
  const query = {
    limit,
    ...(section && { section }),
    ...(q !== '' && { q }),
    ...(departmentId !== undefined && { departmentId }),
    ...(cursor !== undefined && { cursor }),
  };
  return queryOptions({
    // The status is part of the key: what is held moves to its section when it is approved.
    queryKey: ['sync-runs', 'subjects', run.id, run.status, query],
    queryFn: ({ signal }) => listSyncSubjects({ params: { id: run.id }, query }, signal),
    placeholderData: keepPreviousData,
  });
};

const pageSize = 50;
/** Rows of each section while all are in sight. */
const shownAtFirst: Record<SubjectSection, number> = {
  held: 20,
  leave: 20,
  join: 5,
  move: 5,
  update: 5,
  department: 5,
};
/** Sections in which it matters where the members are or were. */
const byDepartment: ReadonlySet<SubjectSection> = new Set(['held', 'leave', 'join', 'move']);

interface SubjectSectionListProps {
  run: SyncRun;
  section: SubjectSection;
  title: string;
  count: number;
  params: RunParams;
  onChange: (part: Partial<RunParams>) => void;
}

/** One section: its first rows, or page by page when it is the chosen one. */
export function SubjectSectionList(props: SubjectSectionListProps) {
  const { run, section, title, count, params, onChange } = props;
  const { t } = useTranslation();
  const isChosen = params.section === section;
  const filters = isChosen ? { q: params.q, departmentId: params.departmentId } : {};
  const limit = isChosen ? pageSize : shownAtFirst[section];
  const isRisky = section === 'held' || section === 'leave';
  return (
    <section className="om-subjects" aria-label={title}>
      <h3>
        {title} <span className="om-quiet">{formatCount(count)}</span>
      </h3>
      {section === 'held' && (
        <div className="om-subject-reasons">
          <HeldReasons run={run} />
        </div>
      )}
      {(isChosen || isRisky) && byDepartment.has(section) && (
        <SubjectDepartments
          run={run}
          section={section}
          chosenId={isChosen ? params.departmentId : undefined}
          onChoose={(departmentId) => onChange({ section, departmentId })}
        />
      )}
      <SubjectPages
        run={run}
        query={{ section, ...filters, limit }}
        isPaged={isChosen}
        onClear={() => onChange({ q: '', departmentId: undefined })}
      />
      {!isChosen && count > limit && (
        <button
          type="button"
          className="om-link-button om-subject-more"
          onClick={() => onChange({ section })}
        >
          {t('history.section.showAll', { count })}
        </button>
      )}
    </section>
  );
}

/** Members and departments of every section that match a search. */
export function SubjectMatches({ run, q, onClear }: { run: SyncRun; q: string; onClear: () => void }) {
  return <SubjectPages run={run} query={{ q, limit: pageSize }} isPaged onClear={onClear} />;
}

interface SubjectPagesProps {
  run: SyncRun;
  query: SubjectQuery;
  isPaged: boolean;
  onClear: () => void;
}

function SubjectPages({ run, query, isPaged, onClear }: SubjectPagesProps) {
  const { t } = useTranslation();
  const pages = useCursorPages(JSON.stringify(query));
  const result = useQuery(subjectsQuery(run, { ...query, cursor: pages.cursor }));
  return (
    <QueryContent query={result}>
      {({ items, names, nextCursor }) =>
        items.length === 0 ? (
          <NothingMatches onClear={onClear} />
        ) : (
          <>
            <ul
              className={result.isPlaceholderData ? 'om-subject-rows om-table-stale' : 'om-subject-rows'}
              aria-label={t('history.detail.changes')}
              aria-busy={result.isPlaceholderData}
            >
              {items.map((subject) => (
                <SubjectRow key={`${subject.entity}/${subject.id}`} subject={subject} names={names} />
              ))}
            </ul>
            {isPaged && (nextCursor !== null || pages.page > 1) && (
              <PagesPager pages={pages} nextCursor={nextCursor} />
            )}
          </>
        )
      }
    </QueryContent>
  );
}
