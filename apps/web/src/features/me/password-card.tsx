import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { changeMyPassword } from '../../lib/api/me.ts';
import { getProblemCode, getProblemTitle } from '../../lib/http/problem-error.ts';

const minLength = 12;
const emptyFields = { current: '', next: '', confirm: '' };

/** 修改密码, for accounts of this system. */
export function PasswordCard() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState(emptyFields);
  // How often it was sent with something missing, which is marked from then on.
  const [refusals, setRefusals] = useState(0);
  const change = useMutation({
    mutationFn: () =>
      changeMyPassword({ body: { currentPassword: fields.current, newPassword: fields.next } }),
    onSuccess: () => {
      setFields(emptyFields);
      setRefusals(0);
      message.success(t('me.password.done'));
      return client.invalidateQueries({ queryKey: ['me', 'sessions'] });
    },
    onError: () => form.current?.querySelector('input')?.focus(),
  });

  const missing = minLength - fields.next.length;
  const isWrong = getProblemCode(change.error) === 'sign_in.invalid_credentials';
  const bind = (name: keyof typeof emptyFields) => ({
    name,
    type: 'password',
    value: fields[name],
    onChange: (event: { target: { value: string } }) => {
      change.reset();
      setFields({ ...fields, [name]: event.target.value });
    },
  });
  const isShort = fields.next !== '' && missing > 0;
  const short = t('me.password.short', { count: missing });
  const askFor = (name: keyof typeof emptyFields) =>
    refusals > 0 && fields[name] === '' ? t('me.password.required') : undefined;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (fields.current !== '' && missing <= 0 && fields.confirm === fields.next) change.mutate();
    else setRefusals(refusals + 1);
  };
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus();
  }, [refusals]);

  return (
    <section className="om-card" aria-labelledby="om-password-title">
      <h2 id="om-password-title">{t('me.section.password')}</h2>
      <form ref={form} className="om-card-body om-password" onSubmit={submit} noValidate>
        {change.isError && !isWrong && <ProblemNotice error={change.error} />}
        <LabelledInput
          {...bind('current')}
          label={t('me.password.current')}
          autoComplete="current-password"
          error={isWrong ? getProblemTitle(change.error) : askFor('current')}
        />
        <LabelledInput
          {...bind('next')}
          label={t('me.password.next')}
          autoComplete="new-password"
          hint={isShort ? short : t('me.password.nextHint')}
          isHintMet={missing <= 0}
          error={refusals > 0 && isShort ? short : askFor('next')}
        />
        <LabelledInput
          {...bind('confirm')}
          label={t('me.password.confirm')}
          autoComplete="new-password"
          error={
            fields.confirm !== '' && fields.confirm !== fields.next
              ? t('me.password.differs')
              : askFor('confirm')
          }
        />
        <Button htmlType="submit" loading={change.isPending}>
          {t('me.password.submit')}
        </Button>
      </form>
    </section>
  );
}
