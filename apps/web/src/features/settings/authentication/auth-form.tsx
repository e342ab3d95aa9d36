import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { createAuthProvider, updateAuthProvider } from '../../../lib/api/auth-providers.ts';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { AuthFields, type AuthFormValues, fieldNames } from './auth-fields.tsx';
import { refreshAuthProviders } from './auth-providers-query.ts';

interface AuthFormProps {
  /** Null while a new provider is being added. */
  provider: AuthProvider | null;
  onSaved: (provider: AuthProvider) => void;
}

/** 名称与用途: saves the provider, off while it is new. */
export function AuthForm({ provider, onSaved }: AuthFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<AuthFormValues>();
  const initial = readForm(provider, t('authentication.drawer.nameDefault'));
  const [isOnField, setOnField] = useState(false); // the server's objection, beside its field
  const save = useMutation({
    mutationFn: (values: AuthFormValues) => {
      const body = buildBody(values);
      return provider === null
        ? createAuthProvider({ body: { kind: 'wecom-oauth2', enabled: false, ...body } })
        : updateAuthProvider({ params: { id: provider.id }, body });
    },
    onSuccess: async (saved) => {
      form.setFieldsValue(readForm(saved, ''));
      await refreshAuthProviders(client);
      message.success(t(provider === null ? 'authentication.drawer.created' : 'authentication.drawer.saved'));
      onSaved(saved);
    },
    onError: (error) => setOnField(showFieldErrors(form, error, fieldNames)),
  });
  const isDirty = () => {
    if (save.isPending) return false;
    const entered = { ...initial, ...form.getFieldsValue() };
    return fieldNames.some((name) => entered[name].trim() !== initial[name]);
  };
  return (
    <>
      <UnsavedGuard isDirty={isDirty} />
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
        <AuthFields />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('authentication.step.save')}
        </Button>
      </Form>
    </>
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
