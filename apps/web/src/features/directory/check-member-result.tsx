import type { AnswerOf, endpoints } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CheckRow } from '../../components/check-row.tsx';
import { Notice } from '../../components/notice.tsx';
import { FieldChanges } from '../../entities/changes/field-changes.tsx';
import { LeftNote } from './left-note.tsx';

const stepIds = ['read', 'scope', 'match', 'plan', 'apply'] as const;

interface CheckMemberResultProps {
  isRunning: boolean;
  result: AnswerOf<typeof endpoints.checkMember> | undefined;
}

/** The five steps, then what would change or was changed. */
export function CheckMemberResult({ isRunning, result }: CheckMemberResultProps) {
  const { t } = useTranslation();
  return (
    <>
      <section className="om-checks" aria-label={t('members.check.steps')} aria-busy={isRunning}>
        <ol>
          {stepIds.map((id) => {
            const step = isRunning ? undefined : result?.steps.find((candidate) => candidate.id === id);
            return (
              <CheckRow
                key={id}
                name={t(`members.check.step.${id}`)}
                status={step?.status ?? 'running'}
                errcode={step?.errcode}
              >
                {step && step.detail !== '' && <p>{step.detail}</p>}
                {step?.left && (
                  <p>
                    {t('org.column.leftAt')} <LeftNote {...step.left} />
                  </p>
                )}
              </CheckRow>
            );
          })}
        </ol>
      </section>
      {!isRunning && result && <CheckedChanges result={result} />}
    </>
  );
}

function CheckedChanges({ result }: { result: NonNullable<CheckMemberResultProps['result']> }) {
  const { t } = useTranslation();
  const { changes, names, runId, steps } = result;
  if (changes.length === 0 && steps.some(({ status }) => status === 'failed')) return null;
  if (changes.length === 0) return <p className="om-check-nothing">{t('members.check.noChanges')}</p>;
  const isHeld = changes.some(({ held }) => held);
  return (
    <section className="om-checked-changes" aria-label={t('members.check.changes')}>
      {runId !== null && (
        <Notice
          tone={isHeld ? 'warning' : 'success'}
          title={t(isHeld ? 'members.check.held' : 'members.check.applied')}
          actions={<Link to={`/system/sync-runs/${runId}`}>{t('members.check.openRun')}</Link>}
        />
      )}
      <ul className="om-history">
        {changes.map(({ entity, key, kind, name, before, after }) => (
          <li key={`${entity}/${key}/${kind}`}>
            <div className="om-history-head">
              <b>
                {t(`changes.kind.${kind}`)} · {t(`changes.entity.${entity}`)} {name}
              </b>
            </div>
            <FieldChanges entity={entity} before={before} after={after} names={names} />
          </li>
        ))}
      </ul>
    </section>
  );
}
