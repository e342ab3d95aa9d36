import type { DepartmentTreeNode } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchInput } from '../../../components/search-input.tsx';
import { indexDepartments } from '../../../entities/departments/index-departments.ts';
import { pinyinQuery } from '../pinyin-query.ts';

const maxHits = 8;

interface ChartSearchProps {
  forest: readonly DepartmentTreeNode[];
  onPick: (department: DepartmentTreeNode) => void;
}

/** Finds departments by name, pinyin or id; one that is picked is flown to. */
export function ChartSearch({ forest, onPick }: ChartSearchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const inPinyin = useQuery(pinyinQuery(wanted)).data;
  const isHit = ({ id, name }: DepartmentTreeNode) =>
    String(id) === wanted || name.toLowerCase().includes(wanted) || inPinyin?.has(id) === true;
  const hits = wanted === '' ? [] : [...indexDepartments(forest).values()].filter(isHit).slice(0, maxHits);
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
