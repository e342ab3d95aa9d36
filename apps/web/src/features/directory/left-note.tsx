import type { MemberSummary } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useSeesConsole } from '../../entities/session/session.ts';

/** When the member left, with the run that found them gone. */
export function LeftNote({ leftAt, leftRunId }: Pick<MemberSummary, 'leftAt' | 'leftRunId'>) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  return (
    <span className="om-nowrap">
      {leftAt === null ? t('common.value.none') : <RelativeTime instant={leftAt} />}
      {leftRunId !== null && seesConsole && (
        <>
          {' · '}
          <Link to={`/system/sync-runs/${leftRunId}`}>{t('org.openLeftRun')}</Link>
        </>
      )}
    </span>
  );
}
