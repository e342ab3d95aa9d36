import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type StateKind, StatePicture } from './state-picture.tsx';

interface PageStateProps {
  title: string;
  detail: string;
  action?: ReactNode;
  /** Heading level 1, and the title of the browser tab, when the state is the whole page. */
  isPage?: boolean;
  /** Chooses the drawing. */
  kind?: StateKind;
}

/** An empty, forbidden or missing page, with the next step and its button. */
export function PageState({ title, detail, action, isPage = false, kind = 'empty' }: PageStateProps) {
  const { t } = useTranslation();
  useEffect(() => {
    if (isPage) document.title = `${title} · ${t('common.productName')}`;
  }, [isPage, title, t]);
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="om-state">
      <StatePicture kind={kind} />
      <Heading>{title}</Heading>
      <p>{detail}</p>
      {action}
    </div>
  );
}
