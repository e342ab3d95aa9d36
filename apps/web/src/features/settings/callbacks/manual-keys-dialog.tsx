import type { CallbackSource } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelledInput } from '../../../components/labelled-input.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { saveCallback } from '../../../lib/api/wecom-events.ts';
import { useReturnFocus } from '../../../lib/use-return-focus.ts';

const isToken = (text: string) => /^[A-Za-z0-9]{1,32}$/.test(text);
const isAesKey = (text: string) => /^[A-Za-z0-9]{43}$/.test(text);

/** Token and EncodingAESKey that exist already, e.g. made by the WeCom console itself. */
export function ManualKeysDialog({ source, onClose }: { source: CallbackSource; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  useReturnFocus();
  const formId = useId();
  const [token, setToken] = useState('');
  const [encodingAesKey, setKey] = useState('');
  const [isChecked, setChecked] = useState(false);
  const save = useMutation({
    mutationFn: () => saveCallback({ params: { source }, body: { token, encodingAesKey } }),
    onSuccess: () => {
      message.success(t('events.endpoint.saved'));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: wecomSettingsQuery.queryKey }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (isToken(token) && isAesKey(encodingAesKey)) save.mutate();
  };
  const common = { isCode: true, autoComplete: 'off', spellCheck: false } as const;
  return (
    <Modal
      open
      title={t(`events.endpoint.name.${source}`)}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t('events.endpoint.save')}
      confirmLoading={save.isPending}
      okButtonProps={{ htmlType: 'submit', form: formId }}
    >
      <form id={formId} className="om-enter-keys" onSubmit={submit} noValidate>
        {save.isError && <ProblemNotice error={save.error} />}
        <LabelledInput
          {...common}
          label={t('events.endpoint.token')}
          value={token}
          maxLength={32}
          hint={t('events.endpoint.tokenFormat')}
          error={isChecked && !isToken(token) ? t('events.endpoint.tokenFormat') : undefined}
          onChange={(event) => setToken(event.target.value.trim())}
        />
        <LabelledInput
          {...common}
          label={t('events.endpoint.aesKey')}
          value={encodingAesKey}
          maxLength={43}
          hint={t('events.endpoint.aesKeyFormat')}
          error={isChecked && !isAesKey(encodingAesKey) ? t('events.endpoint.aesKeyFormat') : undefined}
          onChange={(event) => setKey(event.target.value.trim())}
        />
      </form>
    </Modal>
  );
}
