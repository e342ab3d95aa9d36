import type { MemberTotals } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { formatCount } from '../../lib/format.ts';

const statuses = ['activated', 'notActivated', 'disabled', 'unknown'] as const;

/** How many members there are: by status, and in which departments. */
export function MemberTotalsCard({ totals }: { totals: MemberTotals }) {
  const { t } = useTranslation();
  return (
    <section className="om-card" aria-labelledby="om-member-totals">
      <h2 id="om-member-totals">{t('overview.memberTotals.title')}</h2>
      <div className="om-card-body">
        <p className="om-member-totals-line">
          <Link to="/system/org">
            <strong>{formatCount(totals.present)}</strong> {t('overview.memberTotals.present')}
          </Link>
          <span>
            <strong>{formatCount(totals.departments)}</strong> {t('overview.memberTotals.departments')}
          </span>
        </p>
        <StatusBar totals={totals} />
        <LargestDepartments largest={totals.largest} />
      </div>
    </section>
  );
}

function StatusBar({ totals }: { totals: MemberTotals }) {
  const { t } = useTranslation();
  const shown = statuses.filter((status) => status !== 'unknown' || totals.unknown > 0);
  return (
    <>
      <h3>{t('overview.memberTotals.byStatus')}</h3>
      <div className="om-status-bar" aria-hidden="true">
        {shown.map((status) => (
          <span key={status} className={`om-status-${status}`} style={{ flexGrow: totals[status] }} />
        ))}
      </div>
      <ul className="om-status-legend">
        {shown.map((status) => (
          <li key={status}>
            <Link to={`/system/org?status=${status}`}>
              <i className={`om-status-${status}`} aria-hidden="true" />
              {t(`overview.memberTotals.${status}`)} {formatCount(totals[status])}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/system/org?presence=left">
            {t('overview.memberTotals.left')} {formatCount(totals.left)}
          </Link>
        </li>
      </ul>
    </>
  );
}

/** A table whose rows draw their own bars. */
function LargestDepartments({ largest }: Pick<MemberTotals, 'largest'>) {
  const { t } = useTranslation();
  const most = Math.max(1, ...largest.map(({ totalMemberCount }) => totalMemberCount));
  return (
    <table className="om-bars">
      <caption>{t('overview.memberTotals.byDepartment')}</caption>
      <thead className="om-visually-hidden">
        <tr>
          <th scope="col">{t('overview.memberTotals.department')}</th>
          <th scope="col">{t('overview.memberTotals.members')}</th>
        </tr>
      </thead>
      <tbody>
        {largest.map(({ departmentId, name, totalMemberCount }) => (
          <tr key={departmentId}>
            <th scope="row">
              <Link to={`/system/org?department=${departmentId}`} title={name}>
                {name}
              </Link>
            </th>
            <td>
              <span
                className="om-bar"
                style={{ width: `calc((100% - 64px) * ${totalMemberCount / most})` }}
              />
              <span>{formatCount(totalMemberCount)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
