import { TeamOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { LeaderNames } from './leader-names.tsx';
import type { TreeItem } from './tree-items.ts';

interface TreeRowProps {
  item: TreeItem;
  /** Marked in the name. */
  search: string;
  /** Of all members, for the row that stands for them. */
  total: number | undefined;
}

/** A department's name with what was searched marked, and its member count at the right edge. */
export function TreeRow({ item, search, total }: TreeRowProps) {
  const { t } = useTranslation();
  const { department } = item;
  const count = department ? department.totalMemberCount : total;
  const name = (
    <span className="om-tree-name">
      {department === undefined && <TeamOutlined aria-hidden="true" />}
      <Highlighted text={item.title} search={search} />
    </span>
  );
  const leaders = department?.leaderUserIds ?? [];
  return (
    <span className="om-tree-row">
      {leaders.length > 0 ? (
        <Tooltip title={<LeaderNames userIds={leaders} />} placement="topLeft" mouseEnterDelay={0.4}>
          {name}
        </Tooltip>
      ) : (
        name
      )}
      {count !== undefined && (
        <span className="om-tree-count" title={t('org.tree.count', { count })}>
          {count.toLocaleString('en-US')}
        </span>
      )}
    </span>
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
