import type { Overview } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';

type SignIn = Overview['signIns'][number];

/** Who signed in last, or tried to. */
export function SignInsCard({ signIns }: Pick<Overview, 'signIns'>) {
  const { t } = useTranslation();
  const columns: Column<SignIn>[] = [
    {
      key: 'who',
      title: t('overview.signIns.who'),
      render: ({ actor }) => actor ?? <span className="om-quiet">{t('overview.signIns.unknown')}</span>,
    },
    { key: 'way', title: t('overview.signIns.way'), render: ({ way }) => t(`overview.signIns.${way}`) },
    {
      key: 'result',
      title: t('overview.signIns.result'),
      render: ({ result }) => (
        <span className={`om-tag om-tag-${result === 'failed' ? 'error' : 'success'}`}>
          {t(`overview.signIns.${result}`)}
        </span>
      ),
    },
    { key: 'at', title: t('overview.signIns.at'), render: ({ at }) => <RelativeTime instant={at} /> },
  ];
  return (
    <section className="om-card" aria-labelledby="om-sign-ins">
      <div className="om-card-head">
        <h2 id="om-sign-ins">{t('overview.signIns.title')}</h2>
        <Link className="om-card-more" to="/system/audit?action=session.sign_in">
          {t('overview.signIns.all')}
        </Link>
      </div>
      {signIns.length === 0 ? (
        <p className="om-card-body om-quiet">{t('overview.signIns.none')}</p>
      ) : (
        <DataTable
          label={t('overview.signIns.title')}
          columns={columns}
          rows={signIns}
          rowKey={({ id }) => id}
        />
      )}
    </section>
  );
}
