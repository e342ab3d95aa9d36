import type { Overview, WecomRight } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';

const tones = { working: 'success', failing: 'error', unused: 'info', off: 'neutral' } as const;

/** What WeCom lets this server do, and when it last did. */
export function RightsCard({ rights }: Pick<Overview, 'rights'>) {
  const { t } = useTranslation();
  return (
    <section className="om-card" aria-labelledby="om-rights">
      <h2 id="om-rights">{t('overview.rights.title')}</h2>
      <ul className="om-card-body om-rights">
        {rights.map((right) => (
          <li key={right.id}>
            <span className="om-right-name">{t(`overview.rights.${right.id}`)}</span>
            <span className={`om-tag om-tag-${tones[right.state]}`}>
              {t(`overview.rights.${right.state}`)}
            </span>
            {right.state !== 'off' && <RightTimes right={right} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RightTimes({ right: { since, lastUsedAt } }: { right: WecomRight }) {
  const { t } = useTranslation();
  return (
    <span className="om-quiet om-right-times">
      {t('overview.rights.lastUsed')}{' '}
      {lastUsedAt === null ? t('overview.rights.never') : <RelativeTime instant={lastUsedAt} />}
      {since !== null && (
        <>
          {' · '}
          {t('overview.rights.since')} <RelativeTime instant={since} />
        </>
      )}
    </span>
  );
}
