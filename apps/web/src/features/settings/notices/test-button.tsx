import type { NoticeChannel } from '@orgmirror/contracts';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../components/notice.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { testNoticeChannel } from '../../../lib/api/notices.ts';

interface TestButtonProps {
  channel: NoticeChannel;
  isDisabled: boolean;
}

/** Sends a test by the saved settings and says how it went. */
export function TestButton({ channel, isDisabled }: TestButtonProps) {
  const { t } = useTranslation();
  const test = useMutation({ mutationFn: () => testNoticeChannel({ body: { channel } }) });
  if (!useIsAdmin()) return null;
  return (
    <>
      <div className="om-notice-test">
        <Button disabled={isDisabled} loading={test.isPending} onClick={() => test.mutate()}>
          {t('notices.test')}
        </Button>
        <span className="om-small-print">{t('notices.testHelp')}</span>
      </div>
      {test.isError && <ProblemNotice error={test.error} />}
      {test.data?.ok && <Notice tone="success" title={t('notices.testOk')} />}
      {test.data?.problem && <ProblemNotice error={test.data.problem} />}
    </>
  );
}
