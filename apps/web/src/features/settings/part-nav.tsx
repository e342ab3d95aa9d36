import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router-dom';
import { buildPartPath, parts, type SettingsPart } from './settings-parts.ts';

/** The parts of the settings: a column beside what is open, a row that scrolls on narrow screens. */
export function PartNav({ current }: { current: SettingsPart }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: brings the link of another part into view
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (list.current && link) list.current.scrollLeft = link.offsetLeft - list.current.offsetLeft;
  }, [current]);
  return (
    <nav className="om-part-nav" aria-label={t('settings.title')}>
      <ul ref={list}>
        {parts.map((part) => (
          <li key={part}>
            <NavLink to={buildPartPath(part)}>{t(`settings.part.${part}`)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
