import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  PushpinFilled,
  PushpinOutlined,
  TableOutlined,
} from '@ant-design/icons';
import { Button, Checkbox, Popover, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSeesConsole } from '../../entities/session/session.ts';
import { type ColumnSetting, changeColumn, moveColumn } from './column-order.ts';
import { consoleColumns } from './member-columns.tsx';
import { useColumnName } from './use-column-name.ts';
import type { MemberList } from './use-member-list.ts';

/** Which columns of the members table are shown, in which order, which stay in sight, and how high its rows are. */
export function ColumnSettings({ list }: { list: MemberList }) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger={['click']}
      placement="bottomRight"
      title={t('org.column.settings')}
      content={<ColumnPanel list={list} />}
      destroyOnHidden
    >
      <Button type="text" icon={<TableOutlined />} aria-label={t('org.column.settings')} />
    </Popover>
  );
}

function ColumnPanel({ list }: { list: MemberList }) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  const { columns, density, setColumns, setDensity, reset } = list;
  const nameOf = useColumnName();
  const shown = columns.flatMap((column) => {
    const name = nameOf(column.key);
    const isOffered = column.key !== 'member' && (seesConsole || !consoleColumns.includes(column.key));
    return isOffered && name !== undefined ? [{ ...column, name }] : [];
  });
  return (
    <div className="om-column-panel">
      <ul>
        {shown.map((column, index) => (
          <ColumnLine
            key={column.key}
            column={column}
            name={column.name}
            isFirst={shown[index - 1]?.isPinned !== column.isPinned}
            isLast={shown[index + 1]?.isPinned !== column.isPinned}
            onChange={(change) => setColumns(changeColumn(columns, column.key, change))}
            onMove={(step) => setColumns(moveColumn(columns, column.key, step))}
          />
        ))}
      </ul>
      <p className="om-small-print">{t('org.column.widthHint')}</p>
      <div className="om-column-panel-foot">
        <span className="om-switch-label">
          <Switch
            size="small"
            checked={density === 'compact'}
            onChange={(isCompact) => setDensity(isCompact ? 'compact' : 'standard')}
            aria-label={t('org.column.compact')}
          />
          <span aria-hidden="true">{t('org.column.compact')}</span>
        </span>
        <Button size="small" disabled={reset === null} onClick={() => reset?.()}>
          {t('org.column.reset')}
        </Button>
      </div>
    </div>
  );
}

interface ColumnLineProps {
  column: ColumnSetting;
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onChange: (change: Partial<ColumnSetting>) => void;
  onMove: (step: -1 | 1) => void;
}

function ColumnLine({ column, name, isFirst, isLast, onChange, onMove }: ColumnLineProps) {
  const { t } = useTranslation();
  const { isShown, isPinned } = column;
  return (
    <li>
      <Checkbox checked={isShown} onChange={({ target }) => onChange({ isShown: target.checked })}>
        {name}
      </Checkbox>
      <Button
        type="text"
        size="small"
        icon={isPinned ? <PushpinFilled /> : <PushpinOutlined />}
        aria-pressed={isPinned}
        aria-label={t('org.column.pin', { column: name })}
        title={t('org.column.pin', { column: name })}
        onClick={() => onChange({ isPinned: !isPinned })}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        disabled={isFirst}
        aria-label={t('org.column.earlier', { column: name })}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        disabled={isLast}
        aria-label={t('org.column.later', { column: name })}
        onClick={() => onMove(1)}
      />
    </li>
  );
}
