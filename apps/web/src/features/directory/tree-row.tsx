import { TeamOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DepartmentNode } from '../../entities/departments/department-forest.ts';
import { LeaderNames } from './leader-names.tsx';
import type { TreeItem } from './tree-items.ts';

interface TreeRowProps {
  item: TreeItem;
  /** Marked in the name. */
  search: string;
  /** Of all members, for the row that stands for them. */
  total: number | undefined;
}

/**
 * A department's name with what was searched marked, and its member count at the right edge. What the row has
 * no room for stands beside the tree, where it hides no other row.
 */
export function TreeRow({ item, search, total }: TreeRowProps) {
  const { department } = item;
  const count = department ? department.totalMemberCount : total;
  const name = (
    <span className="om-tree-name">
      {department === undefined && <TeamOutlined aria-hidden="true" />}
      <Highlighted text={item.title} search={search} />
    </span>
  );
  const row = (
    <span className="om-tree-row">
      {name}
      {count !== undefined && <span className="om-tree-count">{count.toLocaleString('en-US')}</span>}
    </span>
  );
  if (department === undefined) return row;
  return (
    <Tooltip title={<DepartmentHint department={department} />} placement="right" mouseEnterDelay={0.4}>
      {row}
    </Tooltip>
  );
}

/** The whole name, how many are in it, and who leads it. */
function DepartmentHint({ department }: { department: DepartmentNode }) {
  const { t } = useTranslation();
  const { name, memberCount: direct, totalMemberCount: total, leaderUserIds } = department;
  return (
    <>
      <div>{name}</div>
      <div>{t('org.counts', { total, direct })}</div>
      {leaderUserIds.length > 0 && <LeaderNames userIds={leaderUserIds} />}
    </>
  );
}

function Highlighted({ text, search }: { text: string; search: string }) {
  const start = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (start < 0) return text;
  const end = start + search.length;
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
