import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { useCountdown } from '../../lib/use-countdown.ts';

export type RevealableField = BodyOf<typeof endpoints.revealMember>['field'];

/** A revealed value is hidden again on an unattended screen. */
const revealTtlSeconds = 60;

interface MaskedValueProps {
  field: RevealableField;
  /** What it is called, for the button. */
  name: string;
  masked: string;
  /** Asks for the full value; undefined for who may not see it. */
  reveal: (() => Promise<{ value: string }>) | undefined;
}

/** A masked value that can be seen in full for a minute, which the audit log keeps. */
export function MaskedValue({ field, name, masked, reveal }: MaskedValueProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const request = useMutation({
    mutationFn: async () => reveal?.(),
    onSuccess: () => start(revealTtlSeconds),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
  });
  const hide = () => {
    stop();
    request.reset();
  };
  const { start, stop } = useCountdown(() => request.reset());
  const value = request.data?.value;
  const isShown = value !== undefined;
  return (
    <>
      {isShown ? <RevealedValue field={field} value={value} /> : masked}
      {reveal && (
        <button
          type="button"
          className="om-icon-button"
          disabled={request.isPending}
          aria-label={t(isShown ? 'org.member.hideField' : 'org.member.revealField', { name })}
          title={t(isShown ? 'org.member.hideField' : 'org.member.revealHint', { name })}
          onClick={() => (isShown ? hide() : request.mutate())}
        >
          {isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        </button>
      )}
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
