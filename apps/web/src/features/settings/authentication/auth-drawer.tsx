import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { createAuthProvider, updateAuthProvider } from '../../../lib/api/auth-providers.ts';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { AuthFields, type AuthFormValues, fieldNames } from './auth-fields.tsx';
import { refreshAuthProviders } from './auth-providers-query.ts';
import { ConsoleValues } from './console-values.tsx';
import { ProviderCheck } from './provider-check.tsx';
import { VerificationFile } from './verification-file.tsx';

const drawerWidth = 600;

interface AuthDrawerProps {
  isOpen: boolean;
  /** Null while a new provider is being added. */
  provider: AuthProvider | null;
  /** All of them: enabling this one may replace another. */
  providers: readonly AuthProvider[];
  onCreated: (provider: AuthProvider) => void;
  /** Navigates away from the address of the drawer; the guard asks first when something is unsaved. */
  onClose: () => void;
}

/** One authentication provider: its settings, the values to enter in the WeCom console, and its check. */
export function AuthDrawer({ isOpen, provider, providers, onCreated, onClose }: AuthDrawerProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<AuthFormValues>();
  const initial = readForm(provider, t('authentication.drawer.nameDefault'));
  const cacheProvider = (saved: AuthProvider) => {
    form.setFieldsValue(readForm(saved, ''));
    return refreshAuthProviders(client);
  };
  const [isOnField, setOnField] = useState(false);
  const save = useMutation({
    mutationFn: (values: AuthFormValues) => {
      const body = buildBody(values);
      return provider === null
        ? createAuthProvider({ body: { kind: 'wecom-oauth2', enabled: false, ...body } })
        : updateAuthProvider({ params: { id: provider.id }, body });
    },
    onSuccess: async (saved) => {
      await cacheProvider(saved);
      message.success(t(provider === null ? 'authentication.drawer.created' : 'authentication.drawer.saved'));
      if (provider === null) onCreated(saved);
      else onClose();
    },
    onError: (error) => setOnField(showFieldErrors(form, error, fieldNames)),
  });

  const isDirty = () => {
    if (save.isPending || save.isSuccess) return false;
    const entered = { ...initial, ...form.getFieldsValue() };
    return fieldNames.some((name) => entered[name].trim() !== initial[name]);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled once per opening, not while typing
  useEffect(() => {
    if (!isOpen) return;
    form.setFieldsValue(initial);
    save.reset();
  }, [isOpen, provider?.id]);

  return (
    <Drawer
      title={t(provider === null ? 'authentication.drawer.addTitle' : 'authentication.drawer.editTitle')}
      open={isOpen}
      onClose={onClose}
      size={drawerWidth}
      mask={{ closable: false }}
      footer={
        <div className="om-drawer-foot">
          <span className="om-pager-gap" />
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button type="primary" onClick={() => form.submit()} loading={save.isPending}>
            {t('common.action.confirm')}
          </Button>
        </div>
      }
    >
      {isOpen && <UnsavedGuard isDirty={isDirty} />}
      {save.isError && !isOnField && <ProblemNotice error={save.error} />}
      <Form<AuthFormValues>
        form={form}
        name="auth"
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(values) => save.mutate({ ...initial, ...values })}
        onFinishFailed={({ errorFields: [first] }) => first && form.focusField(first.name)}
      >
        <h3 className="om-auth-step">{t('authentication.step.name')}</h3>
        <AuthFields />
      </Form>
      {provider && (
        <>
          <ConsoleValues provider={provider} />
          <VerificationFile provider={provider} />
          <ProviderCheck provider={provider} providers={providers} />
        </>
      )}
    </Drawer>
  );
}

const readForm = (provider: AuthProvider | null, nameDefault: string): AuthFormValues => ({
  name: provider?.name ?? nameDefault,
  description: provider?.description ?? '',
  scope: provider?.scope ?? 'snsapi_base',
  returnOrigin: provider?.returnOrigin ?? '',
});

const buildBody = ({ name, description, scope, returnOrigin }: AuthFormValues) => ({
  name: name.trim(),
  description: description.trim(),
  scope,
  returnOrigin: returnOrigin.trim() === '' ? null : returnOrigin.trim(),
});
