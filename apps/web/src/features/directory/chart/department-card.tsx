import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { MemberAvatar } from '../../../entities/members/member-avatar.tsx';
import { memberQuery } from '../../../entities/members/member-query.ts';
import { useSeesConsole } from '../../../entities/session/session.ts';
import { card, type PlacedDepartment } from './lay-out-chart.ts';

interface DepartmentCardProps {
  place: PlacedDepartment;
  isCollapsed: boolean;
  isCurrent: boolean;
  /** Too small to read: only its outline. */
  isOutline: boolean;
  onToggle: (place: PlacedDepartment) => void;
  onKeyDown: (event: KeyboardEvent, place: PlacedDepartment) => void;
  onFocus: (place: PlacedDepartment) => void;
}

/** A department of the chart: name, members, its leader, and whether something is folded below it. */
export const DepartmentCard = memo(function DepartmentCard(props: DepartmentCardProps) {
  const { place, isCollapsed, isCurrent, isOutline, onToggle, onKeyDown, onFocus } = props;
  const { t } = useTranslation();
  const { department, x, y, level } = place;
  const { id, name, children, totalMemberCount: count, leaderUserIds } = department;
  const hasChildren = children.length > 0;
  const Fold = isCollapsed ? RightOutlined : DownOutlined;
  return (
    <g
      id={`om-chart-${id}`}
      role="treeitem"
      {...(isOutline && { 'aria-label': name })}
      aria-level={level + 1}
      {...(hasChildren && { 'aria-expanded': !isCollapsed })}
      tabIndex={isCurrent ? 0 : -1}
      className={isCurrent ? 'om-chart-card om-chart-current' : 'om-chart-card'}
      transform={`translate(${x} ${y})`}
      onClick={() => onToggle(place)}
      onKeyDown={(event) => onKeyDown(event, place)}
      onFocus={() => onFocus(place)}
    >
      <rect width={card.width} height={card.height} rx={6} />
      {!isOutline && (
        <foreignObject width={card.width} height={card.height}>
          <div className="om-chart-words">
            <strong title={name}>{name}</strong>
            <Leader userId={leaderUserIds[0]} />
            <span className="om-quiet">
              {t('org.chart.members', { count })}
              {hasChildren && (
                <span aria-hidden="true">
                  {' · '}
                  <Fold /> {children.length}
                </span>
              )}
            </span>
          </div>
        </foreignObject>
      )}
    </g>
  );
});

/** The leader's avatar and name; members may not look others up. */
function Leader({ userId }: { userId: string | undefined }) {
  const enabled = useSeesConsole() && userId !== undefined;
  const { data } = useQuery({ ...memberQuery(userId ?? ''), staleTime: 300_000, enabled });
  if (!enabled) return null;
  return (
    <span className="om-chart-leader">
      <MemberAvatar id={userId} name={data?.name ?? userId} url={data?.avatarUrl ?? null} />
      <span>{data?.name ?? userId}</span>
    </span>
  );
}
