import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Select } from '../../components/select.tsx';
import { createLocalAccount } from '../../lib/api/administrators.ts';
import { getProblemCode, getProblemTitle, readProblem } from '../../lib/http/problem-error.ts';
import { administratorsKey } from './administrators-query.ts';
import type { IssuedLink } from './issued-link.ts';

const roles = ['admin', 'auditor'] as const;
const formId = 'om-add-account';

interface AddAccountDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onAdded: (issued: IssuedLink) => void;
}

/** Adds a local account; its owner sets the password. */
export function AddAccountDialog({ isOpen, onClose, onAdded }: AddAccountDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('auditor');
  const [isChecked, setChecked] = useState(false);
  const add = useMutation({
    mutationFn: () => createLocalAccount({ body: { username: username.trim(), role } }),
    onSuccess: ({ account, link }) => {
      close();
      onAdded({ username: account.displayName, link });
      return client.invalidateQueries({ queryKey: administratorsKey });
    },
  });
  const close = () => {
    setUsername('');
    setChecked(false);
    add.reset();
    onClose();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (username.trim() !== '') add.mutate();
  };
  const objection =
    getProblemCode(add.error) === 'account.username_taken'
      ? getProblemTitle(add.error)
      : readProblem(add.error)?.errors?.[0]?.message;
  const missing = isChecked && username.trim() === '' ? t('administrators.add.required') : undefined;
  return (
    <Modal
      open={isOpen}
      title={t('administrators.add.title')}
      okText={t('administrators.add.confirm')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: add.isPending }}
      onCancel={close}
      destroyOnHidden
    >
      <form id={formId} className="om-add-account" onSubmit={submit} noValidate>
        {add.isError && objection === undefined && <ProblemNotice error={add.error} />}
        <LabelledInput
          label={t('administrators.add.username')}
          name="username"
          hint={t('administrators.add.usernameHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => {
            add.reset();
            setUsername(event.target.value);
          }}
          error={objection ?? missing}
        />
        <label htmlFor="om-add-account-role">{t('administrators.column.role')}</label>
        <Select
          id="om-add-account-role"
          value={role}
          options={roles.map((value) => ({ value, label: t(`common.role.${value}`) }))}
          onChange={(value) => setRole(value === 'admin' ? 'admin' : 'auditor')}
        />
        <p className="om-small-print">{t(`administrators.add.may.${role}`)}</p>
      </form>
    </Modal>
  );
}
