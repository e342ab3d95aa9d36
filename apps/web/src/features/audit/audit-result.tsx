import type { AuditEntry } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';

/** 成功 or 失败. */
export function AuditResult({ result }: Pick<AuditEntry, 'result'>) {
  const { t } = useTranslation();
  return (
    <span className={`om-tag om-tag-${result === 'succeeded' ? 'success' : 'error'}`}>
      {t(`audit.result.${result}`)}
    </span>
  );
}
