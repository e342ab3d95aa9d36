import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface PageStateProps {
  title: string;
  detail: string;
  action?: ReactNode;
  /** Heading level 1, and the title of the browser tab, when the state is the whole page. */
  isPage?: boolean;
}

/** An empty, forbidden or missing page, with the next step and its button. */
export function PageState({ title, detail, action, isPage = false }: PageStateProps) {
  const { t } = useTranslation();
  useEffect(() => {
    if (isPage) document.title = `${title} · ${t('common.productName')}`;
  }, [isPage, title, t]);
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="om-state">
      <svg viewBox="0 0 64 48" aria-hidden="true" focusable="false">
        <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
          <rect x="25" y="3" width="14" height="9" rx="2" />
          <path d="M32 12v5M14 22v-3a2 2 0 0 1 2-2h32a2 2 0 0 1 2 2v3" />
          <rect x="7" y="22" width="14" height="9" rx="2" />
          <rect x="43" y="22" width="14" height="9" rx="2" />
          <path d="M4 42h56" strokeDasharray=".1 4" />
        </g>
      </svg>
      <Heading>{title}</Heading>
      <p>{detail}</p>
      {action}
    </div>
  );
}
