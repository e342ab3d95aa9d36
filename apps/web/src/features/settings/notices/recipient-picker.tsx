import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../components/notice.tsx';
import { MemberAvatar } from '../../../entities/members/member-avatar.tsx';
import { type KnownRecipient, useRecipients } from './use-recipients.ts';

/** As the server takes them. */
const maxRecipients = 50;

interface RecipientPickerProps {
  /** Handed over by the form, as are the next two. */
  id?: string;
  value?: string[];
  onChange?: (userIds: string[]) => void;
}

/** Members by name, pinyin or userid; those who left are marked, since nothing is sent to them. */
export function RecipientPicker({ id, value = [], onChange }: RecipientPickerProps) {
  const { t } = useTranslation();
  const { candidates, find, remember, isSearching, search } = useRecipients();
  const leavers = value.filter((userId) => find(userId).presence === 'left');
  return (
    <>
      <div
        className="om-recipients"
        onCompositionStart={() => search.setComposing(true)}
        onCompositionEnd={() => search.setComposing(false)}
      >
        <Select
          {...(id !== undefined && { id })}
          mode="multiple"
          virtual={false}
          maxCount={maxRecipients}
          placeholder={t('notices.recipientsHint')}
          showSearch={{ searchValue: search.text, onSearch: search.type, filterOption: false }}
          loading={isSearching}
          notFoundContent={t(isSearching ? 'notices.searching' : 'notices.nobodyFound')}
          value={value}
          onChange={(userIds: string[]) => {
            remember(userIds);
            search.type('');
            onChange?.(userIds);
          }}
          options={candidates.map(({ userId, name }) => ({ value: userId, label: name ?? userId }))}
          optionRender={({ value: userId }) => <Candidate recipient={find(String(userId))} />}
          labelRender={({ value: userId }) => <Recipient recipient={find(String(userId))} />}
        />
      </div>
      {leavers.length > 0 && (
        <Notice tone="warning" title={t('notices.leavers', { count: leavers.length })}>
          {t('notices.leaversHelp')}
        </Notice>
      )}
    </>
  );
}

/** Somebody to choose. */
function Candidate({ recipient: { userId, name, avatarUrl, role } }: { recipient: KnownRecipient }) {
  const { t } = useTranslation();
  return (
    <span className="om-recipient">
      <MemberAvatar id={userId} name={name ?? userId} url={avatarUrl} />
      <span className="om-recipient-name">{name ?? userId}</span>
      {name !== null && <span className="om-mono om-quiet">{userId}</span>}
      {role !== null && role !== 'member' && <span className="om-quiet">{t(`common.role.${role}`)}</span>}
    </span>
  );
}

/** Somebody who was chosen. */
function Recipient({ recipient }: { recipient: KnownRecipient }) {
  const { t } = useTranslation();
  const { userId, name, avatarUrl, presence, isUnknown } = recipient;
  return (
    <span className="om-recipient" title={userId}>
      <MemberAvatar id={userId} name={name ?? userId} url={avatarUrl} />
      <span className="om-recipient-name">{name ?? userId}</span>
      {presence === 'left' && <span className="om-recipient-mark">{t('notices.hasLeft')}</span>}
      {isUnknown && <span className="om-recipient-mark">{t('notices.isUnknown')}</span>}
    </span>
  );
}
