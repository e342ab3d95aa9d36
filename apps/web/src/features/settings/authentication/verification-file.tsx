import type { AuthProvider } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../../components/copyable-code.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { deleteVerificationFile, saveVerificationFile } from '../../../lib/api/auth-providers.ts';
import { refreshAuthProviders } from './auth-providers-query.ts';
import { readVerificationFile, type VerificationFileContent } from './read-verification-file.ts';

/** The proof of the domain that WeCom gives out as a file: uploaded here, served at the root of the site. */
export function VerificationFile({ provider }: { provider: AuthProvider }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [objection, setObjection] = useState<'wrongName' | 'wrongContent' | null>(null);
  const params = { id: provider.id };
  const onSettled = () => refreshAuthProviders(client);
  const save = useMutation({
    mutationFn: (body: VerificationFileContent) => saveVerificationFile({ params, body }),
    onSuccess: () => message.success(t('authentication.file.saved')),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => deleteVerificationFile({ params }),
    onSuccess: () => message.success(t('authentication.file.removed')),
    onSettled,
  });

  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file === undefined) return;
    const read = await readVerificationFile(file);
    target.value = ''; // so that the same file can be chosen again
    setObjection(read.kind === 'read' ? null : read.kind);
    if (read.kind === 'read') save.mutate(read.file);
  };
  const confirmRemove = () =>
    modal.confirm({
      title: t('authentication.file.removeTitle'),
      content: t('authentication.file.removeEffect'),
      okText: t('authentication.file.remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutate(),
    });

  const { verificationFileName: name } = provider;
  const address = name === null ? null : `${new URL(provider.redirectUri).origin}/${name}`;
  return (
    <>
      <p>{t('authentication.file.help')}</p>
      {address !== null && (
        <p className="om-file-served">
          <span className="om-tag om-tag-success">{t('authentication.file.served')}</span>{' '}
          <CopyableCode text={address} />{' '}
          <a href={`/${name}`} target="_blank" rel="noreferrer">
            {t('authentication.file.open')}
          </a>
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept=".txt,text/plain"
        hidden
        aria-label={t('authentication.file.title')}
        onChange={(event) => void take(event)}
      />
      <div className="om-auth-actions">
        <Button onClick={() => input.current?.click()} loading={save.isPending}>
          {t(name === null ? 'authentication.file.choose' : 'authentication.file.replace')}
        </Button>
        {name !== null && (
          <Button onClick={confirmRemove} loading={remove.isPending}>
            {t('authentication.file.remove')}
          </Button>
        )}
      </div>
      {objection !== null && (
        <p className="om-file-objection" role="alert">
          {t(`authentication.file.${objection}`)}
        </p>
      )}
      {(save.isError || remove.isError) && <ProblemNotice error={save.error ?? remove.error} />}
    </>
  );
}
