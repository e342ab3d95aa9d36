import type { People } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { formatCount } from '../../lib/format.ts';

const statuses = ['activated', 'notActivated', 'disabled', 'unknown'] as const;

/** How many members there are: by status, and in which departments. */
export function PeopleCard({ people }: { people: People }) {
  const { t } = useTranslation();
  return (
    <section className="om-card" aria-labelledby="om-people">
      <h2 id="om-people">{t('overview.people.title')}</h2>
      <div className="om-card-body">
        <p className="om-people-totals">
          <Link to="/system/org">
            <strong>{formatCount(people.present)}</strong> {t('overview.people.present')}
          </Link>
          <span>
            <strong>{formatCount(people.departments)}</strong> {t('overview.people.departments')}
          </span>
        </p>
        <StatusBar people={people} />
        <LargestDepartments largest={people.largest} />
      </div>
    </section>
  );
}

function StatusBar({ people }: { people: People }) {
  const { t } = useTranslation();
  const shown = statuses.filter((status) => status !== 'unknown' || people.unknown > 0);
  return (
    <>
      <h3>{t('overview.people.byStatus')}</h3>
      <div className="om-status-bar" aria-hidden="true">
        {shown.map((status) => (
          <span key={status} className={`om-status-${status}`} style={{ flexGrow: people[status] }} />
        ))}
      </div>
      <ul className="om-status-legend">
        {shown.map((status) => (
          <li key={status}>
            <Link to={`/system/org?status=${status}`}>
              <i className={`om-status-${status}`} aria-hidden="true" />
              {t(`overview.people.${status}`)} {formatCount(people[status])}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/system/org?presence=left">
            {t('overview.people.left')} {formatCount(people.left)}
          </Link>
        </li>
      </ul>
    </>
  );
}

/** A table whose rows draw their own bars. */
function LargestDepartments({ largest }: Pick<People, 'largest'>) {
  const { t } = useTranslation();
  const most = Math.max(1, ...largest.map(({ totalMemberCount }) => totalMemberCount));
  return (
    <table className="om-bars">
      <caption>{t('overview.people.byDepartment')}</caption>
      <thead className="om-visually-hidden">
        <tr>
          <th scope="col">{t('overview.people.department')}</th>
          <th scope="col">{t('overview.people.members')}</th>
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
