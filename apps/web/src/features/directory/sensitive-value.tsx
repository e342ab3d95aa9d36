import type { MemberDetail } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { MaskedValue, type RevealableField } from '../../entities/members/masked-value.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { revealMember } from '../../lib/api/directory.ts';

interface SensitiveValueProps {
  member: MemberDetail;
  field: RevealableField;
  /** What it is called, for the button. */
  name: string;
  masked: string;
}

/** A masked value with its source; admins can see it in full. */
export function SensitiveValue({ member, field, name, masked }: SensitiveValueProps) {
  const isAdmin = useIsAdmin();
  const reveal = () => revealMember({ params: { wecomUserId: member.wecomUserId }, body: { field } });
  return (
    <>
      <MaskedValue field={field} name={name} masked={masked} reveal={isAdmin ? reveal : undefined} />
      <FieldSource member={member} field={field} />
    </>
  );
}

/** Whether a sync read it or the member gave it, and when. */
export function FieldSource({ member, field }: { member: MemberDetail; field: string }) {
  const { t } = useTranslation();
  const known = member.sensitiveFields.find((source) => source.field === field);
  if (known === undefined) return null;
  return (
    <div className="om-small-print">
      {t(`org.member.fieldSource.${known.source}`)} · <RelativeTime instant={known.at} />
    </div>
  );
}
