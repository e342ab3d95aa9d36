import { CheckCircleFilled } from '@ant-design/icons';
import type { WecomSettings } from '@orgmirror/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../../entities/session/session.ts';
import { useLoadedLanguage } from '../../i18n/language.ts';
import { SetupStep, type SetupStepActions } from './setup-step.tsx';
import { findSetupSteps, type SetupStepId, setupStepIds } from './setup-steps.ts';
import { StepList } from './steps/step-list.tsx';

interface SetupChecklistProps extends SetupStepActions {
  settings: WecomSettings;
}

/** The way to a working connection, step by step; folds when all is done. */
export function SetupChecklist({ settings, ...actions }: SetupChecklistProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { code } = useLoadedLanguage();
  const { states, doneCount, current, egressIp } = findSetupSteps(settings);
  const isComplete = current === null;
  const [isReviewed, setReviewed] = useState(false);
  // Holds until something gets done: then what is to do next is open.
  const [choice, setChoice] = useState<{ id: SetupStepId | null; doneCount: number } | null>(null);
  const openId = choice?.doneCount === doneCount ? choice.id : current;
  const choose = (id: SetupStepId | null) => setChoice({ id, doneCount });
  const next = (id: SetupStepId) => choose(setupStepIds[setupStepIds.indexOf(id) + 1] ?? null);
  const isFolded = isComplete && !isReviewed;
  return (
    <section className="om-card om-setup" aria-labelledby="om-setup-title">
      <div className={`om-card-head om-setup-head${isFolded ? ' om-setup-folded' : ''}`}>
        {isComplete && <CheckCircleFilled aria-hidden="true" />}
        <h2 id="om-setup-title">{t(`settings.checklist.${isComplete ? 'complete' : 'title'}`)}</h2>
        {isComplete ? (
          <Button size="small" type="link" aria-expanded={!isFolded} onClick={() => setReviewed(isFolded)}>
            {t(`settings.checklist.${isFolded ? 'review' : 'fold'}`)}
          </Button>
        ) : (
          <span className="om-page-note">
            {t('settings.checklist.progress', { done: doneCount, total: setupStepIds.length })}
          </span>
        )}
      </div>
      {!isFolded && (
        <div className="om-card-body">
          <StepList
            label={t('settings.checklist.title')}
            openId={openId}
            onOpen={choose}
            steps={setupStepIds.map((id) => ({
              id,
              title: t(`settings.checklist.${id}`),
              isDone: states[id] === 'done',
              note: t(`settings.checklist.${states[id]}`),
              content: (
                <SetupStep
                  id={id}
                  settings={settings}
                  egressIp={egressIp}
                  isAdmin={isAdmin}
                  onNext={() => next(id)}
                  {...actions}
                />
              ),
            }))}
          />
          <a
            className="om-setup-guide"
            href={`/guide/setup?lang=${code === 'zh-CN' ? 'zh' : 'en'}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('settings.card.guide')}
          </a>
        </div>
      )}
    </section>
  );
}
