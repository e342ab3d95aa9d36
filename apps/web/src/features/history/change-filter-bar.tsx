import { DownloadOutlined } from '@ant-design/icons';
import type { SyncRun } from '@orgmirror/contracts';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '../../components/native-select.tsx';
import { countHeld } from '../../entities/runs/run-states.ts';
import type { ChangeFilters } from './change-filters.ts';
import { KindChips } from './kind-chips.tsx';
import { useExportChanges } from './use-export-changes.ts';

const entities = ['all', 'department', 'member', 'membership'] as const;

interface ChangeFilterBarProps {
  run: SyncRun;
  filters: ChangeFilters;
  /** The filters that the list below follows: without what is still being typed. */
  appliedFilters: ChangeFilters;
  onChange: (filters: ChangeFilters) => void;
}

/** Filters of the changes, and their export. */
export function ChangeFilterBar({ run, filters, appliedFilters, onChange }: ChangeFilterBarProps) {
  const { t } = useTranslation();
  const exportChanges = useExportChanges();
  return (
    <div className="om-list-filters">
      <Input
        allowClear
        className="om-list-search"
        placeholder={t('history.changes.search')}
        aria-label={t('history.changes.search')}
        value={filters.q}
        onChange={(event) => onChange({ ...filters, q: event.target.value })}
      />
      <NativeSelect
        label={t('history.changes.allEntities')}
        value={filters.entity}
        options={entities.map((value) => ({
          value,
          label: value === 'all' ? t('history.changes.allEntities') : t(`history.entity.${value}`),
        }))}
        onChange={(value) =>
          onChange({ ...filters, entity: entities.find((entity) => entity === value) ?? 'all' })
        }
      />
      <KindChips counts={run.counts} filters={filters} onChange={(kind) => onChange({ ...filters, kind })} />
      {(countHeld(run) > 0 || filters.isHeld) && (
        <button
          type="button"
          className="om-chip"
          aria-pressed={filters.isHeld}
          onClick={() => onChange({ ...filters, isHeld: !filters.isHeld })}
        >
          {t('history.changes.onlyHeld')}
        </button>
      )}
      <span className="om-pager-gap" />
      <Button icon={<DownloadOutlined />} onClick={() => void exportChanges(run.id, appliedFilters)}>
        {t('history.changes.export')}
      </Button>
    </div>
  );
}
