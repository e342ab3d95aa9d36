import { lazy, Suspense } from 'react';
import { loadPageTexts } from '../i18n/language.ts';
import { NoticeBell } from './notice-bell.tsx';

const ExportIndicator = lazy(async () => {
  const [{ ExportIndicator }] = await Promise.all([
    import('./export-indicator.tsx'),
    loadPageTexts('exports'),
  ]);
  return { default: ExportIndicator };
});

/** What the header has for admins and auditors beside the sync that runs. */
export function HeaderExtras() {
  return (
    <>
      <Suspense>
        <ExportIndicator />
      </Suspense>
      <NoticeBell />
    </>
  );
}
