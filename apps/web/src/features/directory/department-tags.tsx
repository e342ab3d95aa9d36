import type { MemberSummary } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

const shownAtMost = 3;

/** A member's departments, the main one marked, each with its whole path in the tooltip. */
export function DepartmentTags({ departments }: { departments: MemberSummary['departments'] }) {
  const { t } = useTranslation();
  const isMany = departments.length > 1;
  const rest = departments.slice(shownAtMost);
  const getPath = ({ path }: (typeof departments)[number]) => path.map(({ name }) => name).join(' / ');
  return (
    <span className="om-departments">
      {departments.slice(0, shownAtMost).map((department) => (
        <span
          key={department.id}
          className={isMany && department.isMain ? 'om-tag om-tag-info' : 'om-tag'}
          title={getPath(department)}
        >
          {isMany && department.isMain && <small>{t('org.mainShort')}</small>}
          {department.name}
        </span>
      ))}
      {rest.length > 0 && (
        <span className="om-tag" title={rest.map(getPath).join('\n')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
