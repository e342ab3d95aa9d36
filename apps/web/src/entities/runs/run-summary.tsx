import type { SyncRun } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { shownSections } from './subject-sections.ts';

/** "12 joined · 3 moved · 67 await approval", each member and department once; only what is not zero. */
export function RunSummary({ run }: { run: Pick<SyncRun, 'subjects' | 'status'> }) {
  const { t } = useTranslation();
  const sections = shownSections(run);
  if (sections.length === 0) return <span className="om-quiet">{t('sync.summary.none')}</span>;
  return (
    <span className="om-summary">
      {sections.map(({ section, count, isPending }) => (
        <span key={section} className={section === 'held' && isPending ? 'om-held' : undefined}>
          {t(`sync.summary.${section === 'held' && !isPending ? 'discarded' : section}`, { count })}
        </span>
      ))}
    </span>
  );
}
