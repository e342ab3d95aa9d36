import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../entities/overview/overview-query.ts';

/** What switching the sync off means for the directory that is here. */
export function SyncOffEffect() {
  const { t } = useTranslation();
  const size = useDirectorySize();
  return <>{size ? t('settings.card.syncOffSized', size) : t('settings.card.syncOffDetail')}</>;
}

/** What another corp means for the directory that is here. */
export function CorpChangeEffect({ corpId }: { corpId: string }) {
  const { t } = useTranslation();
  const size = useDirectorySize();
  return (
    <>
      {size
        ? t('settings.drawer.corpChangeSized', { corpId, ...size })
        : t('settings.drawer.corpChangeEffect', { corpId })}
    </>
  );
}

/** How many members and departments are here, in words; undefined until it is known, and where nothing is. */
function useDirectorySize(): { members: string; departments: string } | undefined {
  const { t } = useTranslation();
  const people = useQuery({ ...overviewQuery, refetchInterval: false }).data?.people;
  if (people === undefined || people.present + people.departments === 0) return undefined;
  return {
    members: t('settings.guard.members', { count: people.present }),
    departments: t('settings.guard.departments', { count: people.departments }),
  };
}
