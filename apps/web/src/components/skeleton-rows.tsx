import { useTranslation } from 'react-i18next';

/** Grey rows where content will be; announced once as loading. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div className="om-skeleton" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: count }, (_, index) => (
        // Rows without identity that never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <div key={index} style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
