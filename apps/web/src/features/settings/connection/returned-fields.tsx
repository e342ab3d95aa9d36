import type { ConnectionTest } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../../i18n/translate-code.ts';

// The test names fields as WeCom spells them; these are ours for the same.
const fieldNames: Record<string, string> = {
  english_name: 'englishName',
  avatar: 'avatarUrl',
  thumb_avatar: 'thumbAvatarUrl',
  biz_mail: 'bizMail',
  qr_code: 'qrCodeUrl',
  direct_leader: 'directLeaderUserIds',
  extattr: 'extendedAttributes',
  external_position: 'externalPosition',
  external_profile: 'externalProfile',
  open_userid: 'openUserId',
  department: 'departmentId',
  order: 'sortOrder',
  is_leader_in_dept: 'isLeader',
  main_department: 'mainDepartmentId',
};

/** Fields that WeCom returned and did not return, with the reason. */
export function ReturnedFields({ fields }: { fields: NonNullable<ConnectionTest['fields']> }) {
  const { t } = useTranslation();
  const name = (field: string) => translateCode('changes.field', fieldNames[field] ?? field) ?? field;
  return (
    <dl className="om-facts om-fields">
      <dt>{t('settings.check.fieldsReturned')}</dt>
      <dd>{fields.returned.map(name).join(' · ') || t('common.value.none')}</dd>
      {fields.notReturned.length > 0 && (
        <>
          <dt>{t('settings.check.fieldsNotReturned')}</dt>
          <dd>
            {fields.notReturned.map(name).join(' · ')}
            <p className="om-small-print">{t('settings.check.fieldsExplained')}</p>
          </dd>
        </>
      )}
    </dl>
  );
}
