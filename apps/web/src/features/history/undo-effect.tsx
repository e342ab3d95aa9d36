import type { UndoEffect as Effect } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';
import { listHeldMembers } from './list-held-members.ts';

const parts = ['removals', 'restorals', 'reverts'] as const;
const entities = ['members', 'departments'] as const;

/** What an undo does, a line each, and why the guard asks for the number of removals. */
export function UndoEffect({ effect }: { effect: Effect }) {
  const { t } = useTranslation();
  const lines = parts.flatMap((part) =>
    entities.filter((entity) => effect[part][entity] > 0).map((entity) => ({ part, entity })),
  );
  return (
    <>
      <p>{t('history.undo.intro')}</p>
      <ul className="om-undo-effect">
        {lines.map(({ part, entity }) => (
          <li key={`${part} ${entity}`} className={part === 'removals' ? 'om-danger' : undefined}>
            {t(`history.undo.${part}.${entity}`, { count: effect[part][entity] })}
          </li>
        ))}
      </ul>
      {effect.reasons.map((reason) => {
        const { code, count, limit } = reason;
        return (
          <p key={code}>
            {translateCode('history.undo.reason', code, {
              count,
              limit,
              members: listHeldMembers(reason, t),
            }) ?? t('history.held.reason.other', { code })}
          </p>
        );
      })}
      <p className="om-quiet">{t('history.undo.again')}</p>
    </>
  );
}
