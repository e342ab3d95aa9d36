import type { SubjectSection, SyncRun } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countSubjectDepartments } from '../../lib/api/sync-runs.ts';
import { formatCount } from '../../lib/format.ts';

const shownAtFirst = 8;

interface SubjectDepartmentsProps {
  run: SyncRun;
  section: SubjectSection;
  chosenId: number | undefined;
  onChoose: (departmentId: number | undefined) => void;
}

/** "一车间 24 · 市场部 25": the members of a section by department; each chooses its members. */
export function SubjectDepartments({ run, section, chosenId, onChoose }: SubjectDepartmentsProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['sync-runs', 'subject-departments', run.id, run.status, section],
    queryFn: ({ signal }) => countSubjectDepartments({ params: { id: run.id }, query: { section } }, signal),
  });
  const items = data?.items ?? [];
  if (items.length < 2 && chosenId === undefined) return null;
  const shown = items.filter(
    ({ departmentId }, index) => isOpen || index < shownAtFirst || departmentId === chosenId,
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in line in every browser
    <div
      className="om-chips om-subject-departments"
      role="group"
      aria-label={t('history.section.departments')}
    >
      {shown.map(({ departmentId, name, count }) => (
        <button
          key={departmentId}
          type="button"
          className="om-chip"
          aria-pressed={departmentId === chosenId}
          onClick={() => onChoose(departmentId === chosenId ? undefined : departmentId)}
        >
          {name} {formatCount(count)}
        </button>
      ))}
      {items.length > shown.length && (
        <button type="button" className="om-link-button" onClick={() => setOpen(true)}>
          {t('history.section.moreDepartments', { count: items.length - shown.length })}
        </button>
      )}
    </div>
  );
}
