import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchInput } from '../../../components/search-input.tsx';
import type { DepartmentForest, DepartmentNode } from '../../../entities/departments/department-forest.ts';
import { useDepartmentHits } from '../../../entities/departments/use-department-hits.ts';

const maxHits = 8;

interface ChartSearchProps {
  forest: DepartmentForest;
  onPick: (department: DepartmentNode) => void;
}

/** Finds departments by name, pinyin or id; one that is picked is flown to. */
export function ChartSearch({ forest, onPick }: ChartSearchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const hits = useDepartmentHits(forest, wanted, maxHits);
  return (
    <div className="om-chart-search">
      <SearchInput label={t('org.chart.search')} value={text} onSettled={setText} />
      {wanted !== '' && (
        <ul className="om-chart-hits" aria-label={t('org.chart.hits')}>
          {hits.length === 0 && <li className="om-quiet">{t('org.chart.noHits')}</li>}
          {hits.map((department) => (
            <li key={department.id}>
              <button
                type="button"
                onClick={() => {
                  setText('');
                  onPick(department);
                }}
              >
                {department.path.map(({ name }) => name).join(' / ')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
