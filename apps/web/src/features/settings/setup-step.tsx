import type { WecomSettings } from '@orgmirror/contracts';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { isConfigured } from './connection/connection-status.ts';
import type { SetupStepId } from './setup-steps.ts';
import { useSaveSyncSettings } from './sync/use-save-sync-settings.ts';

const wecomConsole = 'https://work.weixin.qq.com/wework_admin/frame#apps';

/** What the steps do beside the way itself. */
export interface SetupStepActions {
  onConfigure: () => void;
  onTest: () => void;
  isTesting: boolean;
}

interface SetupStepProps extends SetupStepActions {
  id: SetupStepId;
  settings: WecomSettings;
  /** The address to enter as a trusted IP, when the last test was refused for it. */
  egressIp: string | undefined;
  isAdmin: boolean;
  onNext: () => void;
}

/** What to do in one step, with the button for it. */
export function SetupStep({ id, settings, egressIp, isAdmin, onNext, ...actions }: SetupStepProps) {
  const { t } = useTranslation();
  const next = (
    <Button type="primary" onClick={onNext}>
      {t('settings.checklist.next')}
    </Button>
  );
  const enterValues = (
    <Button type="primary" onClick={actions.onConfigure}>
      {t('settings.checklist.enterValues')}
    </Button>
  );
  const test = (
    <Button type="primary" loading={actions.isTesting} onClick={actions.onTest}>
      {t('settings.checklist.test')}
    </Button>
  );
  const canTest = isConfigured(settings);
  const buttons: Record<SetupStepId, ReactNode> = {
    createApp: next,
    visibleScope: canTest ? test : next,
    copyValues: enterValues,
    trustedDomain: next,
    trustedIp: canTest ? test : next,
    switchOn: canTest ? <SwitchOn isOn={settings.syncEnabled} /> : enterValues,
  };
  return (
    <>
      <p>{t(`settings.checklist.${id}Help`)}</p>
      {id === 'trustedIp' && egressIp !== undefined && (
        <CopyableCode text={egressIp} label={t('settings.check.copyIp')} />
      )}
      {isAdmin && (
        <div className="om-step-actions">
          {buttons[id]}
          {id === 'trustedDomain' && (
            <Link to="/system/enterprise/sign-in">{t('settings.checklist.domainValues')}</Link>
          )}
          {id !== 'switchOn' && (
            <a href={wecomConsole} target="_blank" rel="noreferrer">
              {t('settings.checklist.openWecom')}
            </a>
          )}
        </div>
      )}
    </>
  );
}

function SwitchOn({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  const save = useSaveSyncSettings();
  return (
    <>
      <Button
        type="primary"
        disabled={isOn}
        loading={save.isPending}
        onClick={() => save.mutate({ enabled: true })}
      >
        {t('settings.checklist.turnOn')}
      </Button>
      {save.isError && <ProblemNotice error={save.error} />}
    </>
  );
}
