import type { MemberDetail } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

interface MemberDepartmentsProps {
  departments: MemberDetail['departments'];
  /** Called with the department that was clicked. */
  onOpenDepartment: (departmentId: number) => void;
}

/** Every department of the member with its path; main department and leader are marked. */
export function MemberDepartments({ departments, onOpenDepartment }: MemberDepartmentsProps) {
  const { t } = useTranslation();
  if (departments.length === 0) return <p className="om-quiet">{t('org.member.noDepartments')}</p>;
  return (
    <ul className="om-member-departments">
      {departments.map(({ id, name, path, isLeader, isMain }) => (
        <li key={id}>
          <div>
            <button type="button" className="om-link-button" onClick={() => onOpenDepartment(id)}>
              {name}
            </button>{' '}
            {isMain && <span className="om-tag om-tag-info">{t('org.main')}</span>}{' '}
            {isLeader && <span className="om-tag om-tag-leader">{t('org.leader')}</span>}
          </div>
          <div className="om-small-print">
            {path.map((step) => step.name).join(' / ')} · <code>{id}</code>
          </div>
        </li>
      ))}
    </ul>
  );
}
