import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../components/problem-notice.tsx';

interface SaveBarProps {
  changedCount: number;
  isSaving: boolean;
  /** What went wrong with the save, unless it is said beside a field. */
  error: Error | null;
  onDiscard: () => void;
}

/** At the foot of a form while something in it is not saved: how much, and both ways out. */
export function SaveBar({ changedCount, isSaving, error, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <section className="om-save-bar" aria-label={t('settings.save.label')}>
      {error !== null && <ProblemNotice error={error} />}
      <div>
        <span role="status">{t('settings.save.changed', { count: changedCount })}</span>
        <Button onClick={onDiscard} disabled={isSaving}>
          {t('settings.save.discard')}
        </Button>
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {t('common.action.save')}
        </Button>
      </div>
    </section>
  );
}
