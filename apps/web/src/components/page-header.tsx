import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The page's one heading, what belongs beside it, and the title of the browser tab. */
export function PageHeader({ title, extra, note }: { title: string; extra?: ReactNode; note?: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('common.productName')}`;
  }, [title, t]);
  return (
    <div className="om-page-header">
      <h1>{title}</h1>
      {note !== undefined && <span className="om-page-note">{note}</span>}
      <div className="om-page-extra">{extra}</div>
    </div>
  );
}
