import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readProblem } from '../lib/http/problem-error.ts';
import { CopyableCode } from './copyable-code.tsx';
import { Notice } from './notice.tsx';

interface ProblemNoticeProps {
  /** A failed request, or the problem that a run ended with. */
  error: unknown;
  onRetry?: () => void;
  actions?: ReactNode;
  /** What failed, when the place does not say it. */
  lead?: string;
  /** More about it, under the server's own text. */
  note?: ReactNode;
}

/** What happened, why, what to do, in this order; then WeCom's code and the request id in small print. */
export function ProblemNotice({ error, onRetry, actions, lead, note }: ProblemNoticeProps) {
  const { t } = useTranslation();
  const problem = readProblem(error);
  const title = problem?.title ?? t('common.error.network.title');
  const retry = onRetry && (
    <Button size="small" onClick={onRetry}>
      {t('common.action.retry')}
    </Button>
  );
  return (
    <Notice
      tone="error"
      title={lead === undefined ? title : t('common.error.withLead', { lead, title })}
      actions={
        <>
          {actions}
          {retry}
        </>
      }
    >
      <p>{problem?.detail ?? t('common.error.network.detail')}</p>
      {note}
      {problem?.errors?.map(({ path, message }) => (
        <p key={path}>
          <code>{path}</code> {message}
        </p>
      ))}
      {problem?.wecom?.egressIp !== undefined && (
        <p>
          {t('common.error.egressIp')} <CopyableCode text={problem.wecom.egressIp} />
        </p>
      )}
      {problem && (
        <p className="om-small-print">
          {problem.wecom && <span>{t('common.error.errcode', { errcode: problem.wecom.errcode })} · </span>}
          {t('common.requestId', { requestId: problem.requestId })}
        </p>
      )}
    </Notice>
  );
}
