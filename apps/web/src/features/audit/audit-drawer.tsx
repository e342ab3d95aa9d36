import type { AuditEntry } from '@orgmirror/contracts';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { translateCode } from '../../i18n/translate-code.ts';
import { formatExact } from '../../lib/format.ts';
import { AuditResult } from './audit-result.tsx';
import { nameAuditedFields } from './name-audited-fields.ts';

interface AuditDrawerProps {
  /** Undefined while the drawer is closed. */
  entry: AuditEntry | undefined;
  onClose: () => void;
}

/** One entry: everything that is recorded of it. */
export function AuditDrawer({ entry, onClose }: AuditDrawerProps) {
  useTranslation(); // its title follows the language
  return (
    <Drawer
      open={entry !== undefined}
      onClose={onClose}
      size={560}
      title={entry && (translateCode('audit.action', entry.action) ?? entry.action)}
    >
      {entry && <AuditFacts entry={entry} />}
    </Drawer>
  );
}

function AuditFacts({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { at, actor, target, targetName, result, before, after, ip, requestId } = entry;
  const facts: [string, ReactNode][] = [
    [t('audit.column.at'), formatExact(at)],
    [t('audit.column.actor'), actor ?? t('audit.system')],
    [t('audit.column.result'), <AuditResult key="result" result={result} />],
    ...(target === null
      ? []
      : ([
          [
            t('audit.column.target'),
            <span key="target">
              {targetName} <CopyableCode text={target} />
            </span>,
          ],
        ] as [string, ReactNode][])),
    [t('audit.column.ip'), ip === null ? t('common.value.none') : <CopyableCode key="ip" text={ip} />],
    [
      t('audit.column.requestId'),
      requestId === null ? t('common.value.none') : <CopyableCode key="request" text={requestId} />,
    ],
  ];
  return (
    <>
      <dl className="om-facts">
        {facts.map(([name, value]) => (
          <div key={name} className="om-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {(before !== null || after !== null) && (
        <section className="om-audit-changes" aria-labelledby="om-audit-changes">
          <h3 id="om-audit-changes">{t('audit.column.change')}</h3>
          <FieldChanges
            before={nameAuditedFields(entry, before)}
            after={nameAuditedFields(entry, after)}
            isNullUnset
            isWhole
          />
        </section>
      )}
    </>
  );
}
