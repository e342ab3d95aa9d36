import { lazy } from 'react';
import { loadPageTexts } from '../../i18n/language.ts';

/** Comes with its texts when it is first opened. */
export const LazyExportDialog = lazy(async () => {
  const [{ ExportDialog }] = await Promise.all([import('./export-dialog.tsx'), loadPageTexts('exports')]);
  return { default: ExportDialog };
});
