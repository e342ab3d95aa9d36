import { ApartmentOutlined, DownOutlined, RightOutlined } from '@ant-design/icons';
import type { SubjectNames, SyncSubject } from '@orgmirror/contracts';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { lookUpNames } from '../../entities/changes/look-up-names.ts';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { describeSubject } from './subject-sentence.ts';

interface SubjectRowProps {
  subject: SyncSubject;
  names: SubjectNames;
}

/** A member or department: who it is, what happens in one sentence, and the fields of each change on demand. */
export function SubjectRow({ subject, names }: SubjectRowProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { name, outcome } = subject;
  return (
    <li className="om-subject">
      <div className="om-subject-line">
        <SubjectPicture subject={subject} />
        <div className="om-subject-who">
          <SubjectName subject={subject} />
          {subject.entity === 'member' && <code className="om-quiet">{subject.id}</code>}
        </div>
        <div className="om-subject-what">
          {describeSubject(subject, { t, ...lookUpNames(names) })}
          {outcome === 'discarded' && (
            <span className="om-tag om-subject-outcome">{t('history.outcome.discarded')}</span>
          )}
        </div>
        <button
          type="button"
          className="om-icon-button"
          aria-expanded={isOpen}
          aria-controls={detailsId}
          aria-label={t('history.subject.details', { name })}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <DownOutlined /> : <RightOutlined />}
        </button>
      </div>
      {isOpen && (
        <div className="om-subject-details" id={detailsId}>
          <SubjectDetails subject={subject} names={names} />
        </div>
      )}
    </li>
  );
}

function SubjectPicture({ subject: { entity, id, name, avatarUrl } }: { subject: SyncSubject }) {
  if (entity === 'member') return <MemberAvatar id={id} name={name} url={avatarUrl} />;
  return (
    <span className="om-avatar om-subject-department" aria-hidden="true">
      <ApartmentOutlined />
    </span>
  );
}

function SubjectName({ subject: { entity, id, name, stored } }: { subject: SyncSubject }) {
  if (!stored) return <span className="om-subject-name">{name}</span>;
  const query = new URLSearchParams({ [entity]: id });
  return (
    <Link className="om-subject-name" to={`/system/org?${query}`}>
      {name}
    </Link>
  );
}

/** The recorded changes, field by field. */
function SubjectDetails({ subject, names }: SubjectRowProps) {
  const { t } = useTranslation();
  const { getDepartmentName } = lookUpNames(names);
  return subject.changes.map(({ entity, kind, key, before, after }) => (
    <section key={`${entity}/${key}/${kind}`}>
      <h4>
        {t(`changes.entity.${entity}`)} · {t(`changes.kind.${kind}`)}
        {entity === 'membership' && ` · ${getDepartmentName(Number(key.split('/').at(-1))) ?? ''}`}
      </h4>
      <FieldChanges entity={entity} before={before} after={after} names={names} />
    </section>
  ));
}
