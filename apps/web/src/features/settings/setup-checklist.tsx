import { CheckCircleFilled, MinusCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { WecomSettings } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { useLoadedLanguage } from '../../i18n/language.ts';
import { findSetupSteps, setupStepIds } from './setup-steps.ts';

const icons = {
  done: CheckCircleFilled,
  open: MinusCircleOutlined,
  unknown: QuestionCircleOutlined,
} as const;

/** What to do in the WeCom console, and how far it is. */
export function SetupChecklist({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { code } = useLoadedLanguage();
  const { states, doneCount, egressIp } = findSetupSteps(settings);
  const isComplete = doneCount === setupStepIds.length;
  const [isOpen, setOpen] = useState(false);
  if (isComplete && !isOpen)
    return (
      <section className="om-card om-setup-folded" aria-labelledby="om-setup-title">
        <CheckCircleFilled aria-hidden="true" />
        <h2 id="om-setup-title">{t('settings.checklist.complete')}</h2>
        <Button size="small" type="link" onClick={() => setOpen(true)}>
          {t('settings.checklist.review')}
        </Button>
      </section>
    );
  return (
    <section className="om-card om-setup" aria-labelledby="om-setup-title">
      <div className="om-card-head">
        <h2 id="om-setup-title">{t('settings.checklist.title')}</h2>
        <span className="om-page-note">
          {t('settings.checklist.progress', { done: doneCount, total: setupStepIds.length })}
        </span>
      </div>
      <ol className="om-setup-steps">
        {setupStepIds.map((id) => {
          const Icon = icons[states[id]];
          return (
            <li key={id} className={`om-setup-step om-setup-${states[id]}`}>
              <Icon aria-hidden="true" />
              <div>
                <div className="om-setup-name">
                  {t(`settings.checklist.${id}`)}
                  <span className="om-small-print">{t(`settings.checklist.${states[id]}`)}</span>
                </div>
                <p>{t(`settings.checklist.${id}Help`)}</p>
                {id === 'trustedIp' && egressIp !== undefined && (
                  <CopyableCode text={egressIp} label={t('settings.check.copyIp')} />
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <div className="om-card-body">
        <a href={`/guide/setup?lang=${code === 'zh-CN' ? 'zh' : 'en'}`} target="_blank" rel="noreferrer">
          {t('settings.card.guide')}
        </a>
      </div>
    </section>
  );
}
