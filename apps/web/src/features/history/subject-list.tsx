import type { SyncRun } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { FilterChips } from '../../components/filter-chips.tsx';
import { PageState } from '../../components/page-state.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { countSubjects, findSection, shownSections } from '../../entities/runs/subject-sections.ts';
import { formatRunParams, noParams, type RunParams, readRunParams } from './run-params.ts';
import { SubjectMatches, SubjectSectionList } from './subject-section.tsx';

/** Whom the run changes, by what happens to them, the riskiest first; filters stand in the address. */
export function SubjectList({ run }: { run: SyncRun }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const params = readRunParams(search);
  const change = (part: Partial<RunParams>) =>
    setSearch(formatRunParams({ ...params, ...part }), { replace: true });
  if (run.subjects === null && run.error === null)
    return <p className="om-card-body om-quiet">{t('history.changes.pending')}</p>;
  const sections = shownSections(run);
  if (sections.length === 0)
    return <PageState title={t('history.changes.none')} detail={describeNoChanges(run, t)} />;
  const shown = sections.filter(({ section }) => params.section === undefined || section === params.section);
  return (
    <>
      <div className="om-list-filters">
        <FilterChips
          label={t('history.section.filter')}
          value={params.section ?? 'all'}
          options={[
            { value: 'all', label: t('history.changes.all', { count: countSubjects(run) }) },
            ...sections.map(({ section, count, isPending }) => ({
              value: section,
              label: t('history.section.chip', { title: describeSection(section, isPending, t), count }),
            })),
          ]}
          onChange={(value) => change({ section: findSection(value), departmentId: undefined })}
        />
        <span className="om-pager-gap" />
        <SearchInput
          className="om-list-search"
          label={t('history.changes.search')}
          value={params.q}
          onSettled={(q) => change({ q })}
        />
      </div>
      {params.q !== '' && params.section === undefined ? (
        <SubjectMatches run={run} q={params.q} onClear={() => setSearch(formatRunParams(noParams))} />
      ) : (
        shown.map(({ section, count, isPending }) => (
          <SubjectSectionList
            key={section}
            run={run}
            section={section}
            title={describeSection(section, isPending, t)}
            count={count}
            params={params}
            onChange={change}
          />
        ))
      )}
    </>
  );
}

const describeSection = (
  section: ReturnType<typeof shownSections>[number]['section'],
  isPending: boolean,
  t: TFunction,
): string => t(`history.section.${section === 'held' && !isPending ? 'discarded' : section}`);

function describeNoChanges(run: SyncRun, t: TFunction): string {
  if (run.error !== null) return t('history.changes.noneOfFailure');
  return t(run.complete === false ? 'history.changes.noneOfPartialRead' : 'history.changes.noneDetail');
}
