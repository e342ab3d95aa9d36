import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../../components/copyable-code.tsx';
import { useCountdown } from '../../../lib/use-countdown.ts';

const ipPropagationSeconds = 60;

interface EgressIpHelpProps {
  ip: string;
  errcode: number | undefined;
  /** Whether the check already says where to enter the address. */
  isExplained: boolean;
  onRetry: () => void;
}

/** The address to enter in WeCom, where to enter it, and a retry for when it takes effect. */
export function EgressIpHelp({ ip, errcode, isExplained, onRetry }: EgressIpHelpProps) {
  const { t } = useTranslation();
  const { secondsLeft, start, stop } = useCountdown(onRetry);
  return (
    <div className="om-egress">
      <div className="om-egress-ip">
        <span>{t('settings.check.egressIp')}</span>
        <CopyableCode text={ip} label={t('settings.check.copyIp')} />
      </div>
      <p>
        {!isExplained && t('settings.check.ipHelp')} {t('settings.check.ipDelay')}
      </p>
      <div className="om-egress-actions">
        {secondsLeft > 0 ? (
          <>
            <Button size="small" disabled>
              {t('settings.check.retryCounting', { seconds: secondsLeft })}
            </Button>
            <Button size="small" type="text" onClick={stop}>
              {t('settings.check.stopCountdown')}
            </Button>
          </>
        ) : (
          <Button size="small" onClick={() => start(ipPropagationSeconds)}>
            {t('settings.check.retryIn')}
          </Button>
        )}
        {errcode !== undefined && (
          <a
            href={`https://open.work.weixin.qq.com/devtool/query?e=${errcode}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('settings.check.errcodeHelp', { errcode })}
          </a>
        )}
      </div>
    </div>
  );
}
