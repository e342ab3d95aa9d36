import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { BodyOf, endpoints, MemberDetail } from '@orgmirror/contracts';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { revealMember } from '../../lib/api/directory.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { useCountdown } from '../../lib/use-countdown.ts';

export type RevealableField = BodyOf<typeof endpoints.revealMember>['field'];

/** A revealed value is hidden again on an unattended screen. */
const revealTtlSeconds = 60;

interface SensitiveValueProps {
  member: MemberDetail;
  field: RevealableField;
  /** What it is called, for the button. */
  name: string;
  masked: string;
}

/** A masked value with its source; admins can see it in full for a minute, which the audit log keeps. */
export function SensitiveValue({ member, field, name, masked }: SensitiveValueProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isAdmin = useIsAdmin();
  const reveal = useMutation({
    mutationFn: () => revealMember({ params: { wecomUserId: member.wecomUserId }, body: { field } }),
    onSuccess: () => start(revealTtlSeconds),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
  });
  const hide = () => {
    stop();
    reveal.reset();
  };
  const { start, stop } = useCountdown(() => reveal.reset());
  const value = reveal.data?.value;
  const isShown = value !== undefined;
  return (
    <>
      {isShown ? <RevealedValue field={field} value={value} /> : masked}
      {isAdmin && (
        <button
          type="button"
          className="om-icon-button"
          disabled={reveal.isPending}
          aria-label={t(isShown ? 'org.member.hideField' : 'org.member.revealField', { name })}
          title={t(isShown ? 'org.member.hideField' : 'org.member.revealHint', { name })}
          onClick={() => (isShown ? hide() : reveal.mutate())}
        >
          {isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        </button>
      )}
      <FieldSource member={member} field={field} />
    </>
  );
}

/** A QR code is a URL of WeCom that opens the card of the member. */
function RevealedValue({ field, value }: { field: RevealableField; value: string }) {
  if (field === 'qrCode' && /^https?:/.test(value))
    return (
      <a href={value} target="_blank" rel="noreferrer">
        {value}
      </a>
    );
  return value;
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
