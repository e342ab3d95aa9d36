import type { Consent } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { withdrawConsent } from '../../lib/api/me.ts';

/** 撤回授权, after a question that names what is erased. */
export function WithdrawConsent({ fields }: { fields: Readonly<Consent['fields']> }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawConsent({}),
    onSuccess: () => {
      message.success(t('me.consent.withdrawn'));
      return client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const confirmWithdrawal = () =>
    modal.confirm({
      title: t('me.consent.withdrawTitle'),
      content: t('me.consent.withdrawEffect', {
        fields: fields.map(({ field }) => t(`me.field.${field}`)).join(t('common.listSeparator')),
      }),
      okText: t('me.consent.withdraw'),
      okButtonProps: { danger: true },
      onOk: () => withdraw.mutate(),
    });
  return (
    <>
      {withdraw.isError && <ProblemNotice error={withdraw.error} />}
      <div className="om-me-actions">
        <Button onClick={confirmWithdrawal} loading={withdraw.isPending}>
          {t('me.consent.withdraw')}
        </Button>
      </div>
    </>
  );
}
