import { useTranslation } from 'react-i18next';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const shortcuts = [
  { name: 'open', keys: [isMac ? '⌘ K' : 'Ctrl K'] },
  { name: 'search', keys: ['/'] },
  { name: 'list', keys: ['?'] },
  { name: 'back', keys: ['Esc'] },
  { name: 'rows', keys: ['↑', '↓'] },
  { name: 'tree', keys: ['↑', '↓', '←', '→'] },
] as const;

/** Every shortcut of the console and what it does. */
export function ShortcutList() {
  const { t } = useTranslation();
  return (
    <>
      <dl className="om-shortcuts">
        {shortcuts.map(({ name, keys }) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`palette.shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="om-small-print">{t('palette.shortcuts.quiet')}</p>
    </>
  );
}
