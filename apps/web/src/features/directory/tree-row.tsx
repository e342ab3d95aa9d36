import { TeamOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Highlighted } from '../../components/highlighted.tsx';
import type { DepartmentNode } from '../../entities/departments/department-forest.ts';
import { useSeesConsole } from '../../entities/session/session.ts';
import { formatCount } from '../../lib/format.ts';
import { describeCounts } from './describe-counts.ts';
import { LeaderNames } from './leader-names.tsx';
import type { TreeItem } from './tree-items.ts';

interface TreeRowProps {
  item: TreeItem;
  /** Marked in the name. */
  search: string;
  /** Of all members, for the row that stands for them. */
  total: number | undefined;
  /** Whether the keyboard stands on it. */
  isActive: boolean;
}

/**
 * A department's name with what was searched marked, and its member count at the right edge. What the row has
 * no room for stands beside the tree, where it hides no other row. Rendered again only with its department: the tree
 * renders all its rows several times a letter.
 */
export const TreeRow = memo(function TreeRow({ item, search, total, isActive }: TreeRowProps) {
  const { department } = item;
  const hint = useHint(isActive);
  const count = department ? department.totalMemberCount : total;
  const name = (
    <span className="om-tree-name">
      {department === undefined && <TeamOutlined aria-hidden="true" />}
      <Highlighted text={item.title} search={search} />
    </span>
  );
  return (
    <span className="om-tree-row" {...(department && hint.pointing)}>
      {name}
      {count !== undefined && <span className="om-tree-count">{formatCount(count)}</span>}
      {department && hint.isShown && (
        <Tooltip open title={<DepartmentHint department={department} />} placement="right">
          <span className="om-tree-hint-place" />
        </Tooltip>
      )}
    </span>
  );
});

const showAfterMs = 400;
/** Time to move from the row to the hint, which stays while it is pointed at. */
const hideAfterMs = 150;

/** Whether the hint of a row is in sight. A tooltip of each row would be half of what a letter of a search costs. */
function useHint(isActive: boolean) {
  const [isPointedAt, setPointedAt] = useState(false);
  const [isShown, setShown] = useState(false);
  const isWanted = isPointedAt || isActive;
  useEffect(() => {
    if (isWanted === isShown) return;
    const timer = setTimeout(() => setShown(isWanted), isWanted ? showAfterMs : hideAfterMs);
    return () => clearTimeout(timer);
  }, [isWanted, isShown]);
  return {
    isShown,
    pointing: { onMouseEnter: () => setPointedAt(true), onMouseLeave: () => setPointedAt(false) },
  };
}

/** The whole name, how many are in it, and who leads it; members may not look up others. */
function DepartmentHint({ department }: { department: DepartmentNode }) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  const { name, leaderUserIds } = department;
  return (
    <>
      <div>{name}</div>
      <div>{describeCounts(department, t)}</div>
      {seesConsole && leaderUserIds.length > 0 && <LeaderNames userIds={leaderUserIds} />}
    </>
  );
}
