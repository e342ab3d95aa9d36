import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkAuthProvider } from '../../../lib/api/auth-providers.ts';
import { type Step, StepList } from '../steps/step-list.tsx';
import { AuthForm } from './auth-form.tsx';
import { ConsoleValues } from './console-values.tsx';
import { EnableProvider } from './enable-provider.tsx';
import { ProviderCheck } from './provider-check.tsx';
import { VerificationFile } from './verification-file.tsx';

const stepIds = ['name', 'console', 'file', 'check', 'enable'] as const;
export type AuthStepId = (typeof stepIds)[number];

interface AuthStepsProps {
  /** Null while a new provider is being added. */
  provider: AuthProvider | null;
  providers: readonly AuthProvider[];
  firstStep: AuthStepId | null;
  onCreated: (provider: AuthProvider) => void;
}

/** The way of a provider: saved, known to WeCom, proven, checked, enabled. */
export function AuthSteps({ provider, providers, firstStep, onCreated }: AuthStepsProps) {
  const { t } = useTranslation();
  const [openId, setOpen] = useState<AuthStepId | null>(firstStep ?? chooseStep(provider));
  const check = useMutation({ mutationFn: (id: string) => checkAuthProvider({ params: { id } }) });
  const isChecked = check.data?.ok === true && !check.isPending;
  const save = {
    provider,
    onSaved: (saved: AuthProvider) => {
      check.reset(); // what was checked may have changed
      if (provider === null) onCreated(saved);
      else setOpen('console');
    },
  };
  const nextOf = (id: AuthStepId) => (
    <div className="om-step-actions">
      <Button type="primary" onClick={() => setOpen(stepIds[stepIds.indexOf(id) + 1] ?? null)}>
        {t('authentication.step.next')}
      </Button>
    </div>
  );
  const build = (id: AuthStepId, isDone: boolean, content: Step<AuthStepId>['content']) => ({
    id,
    title: t(`authentication.step.${id}`),
    isDone,
    content,
  });
  const ifSaved = (content: (saved: AuthProvider) => Step<AuthStepId>['content']) =>
    provider === null ? <p>{t('authentication.step.saveFirst')}</p> : content(provider);
  const trustsDomain = check.data?.checks.some(
    ({ id, status }) => id === 'trustedDomain' && status === 'passed',
  );
  const isEnabled = provider?.enabled === true;
  return (
    <StepList
      label={t('authentication.step.label')}
      openId={openId}
      onOpen={setOpen}
      steps={[
        build('name', provider !== null, <AuthForm {...save} />),
        build(
          'console',
          isEnabled || trustsDomain === true,
          ifSaved((saved) => (
            <>
              <ConsoleValues provider={saved} />
              {nextOf('console')}
            </>
          )),
        ),
        build(
          'file',
          typeof provider?.verificationFileName === 'string',
          ifSaved((saved) => (
            <>
              <VerificationFile provider={saved} />
              {nextOf('file')}
            </>
          )),
        ),
        build(
          'check',
          isEnabled || isChecked,
          ifSaved(({ id }) => (
            <>
              <ProviderCheck check={check} onRun={() => check.mutate(id)} />
              {isChecked && nextOf('check')}
            </>
          )),
        ),
        build(
          'enable',
          isEnabled,
          ifSaved((saved) => <EnableProvider provider={saved} providers={providers} isChecked={isChecked} />),
        ),
      ]}
    />
  );
}

/** What one comes for: the fields of a provider that is new or in use, else what is to do in WeCom. */
const chooseStep = (provider: AuthProvider | null): AuthStepId =>
  provider === null || provider.enabled ? 'name' : 'console';
