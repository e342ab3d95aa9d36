import { CheckOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../../config/preference.ts';
import { hiddenMemberColumnsPreference, memberDensityPreference } from '../../config/preferences.ts';
import { optionalColumns } from './member-columns.tsx';

/** Which columns of the members table are shown and how high its rows are; kept in this browser. */
export function ColumnSettings() {
  const { t } = useTranslation();
  const hidden = usePreference(hiddenMemberColumnsPreference);
  const density = usePreference(memberDensityPreference);
  const [isOpen, setOpen] = useState(false);
  const choose = ({ selectedKeys }: { selectedKeys: string[] }) => {
    hiddenMemberColumnsPreference.set(optionalColumns.filter((key) => !selectedKeys.includes(key)));
    memberDensityPreference.set(selectedKeys.includes('compact') ? 'compact' : 'standard');
  };
  return (
    <Dropdown
      trigger={['click']}
      open={isOpen}
      // Stays open while columns are being ticked.
      onOpenChange={(open, { source }) => (source === 'trigger' || open) && setOpen(open)}
      menu={{
        multiple: true,
        selectable: true,
        selectedKeys: [
          ...optionalColumns.filter((column) => !hidden.includes(column)),
          ...(density === 'compact' ? ['compact'] : []),
        ],
        onSelect: choose,
        onDeselect: choose,
        items: [
          ...optionalColumns.map((key) => ({
            key,
            label: t(`org.column.${key}`),
            icon: (
              <CheckOutlined
                aria-label={t('org.column.shown')}
                className={hidden.includes(key) ? 'om-unchecked' : undefined}
              />
            ),
          })),
          { type: 'divider' as const },
          {
            key: 'compact',
            label: t('org.column.compact'),
            icon: <CheckOutlined className={density === 'compact' ? undefined : 'om-unchecked'} />,
          },
        ],
      }}
    >
      <Button type="text" icon={<TableOutlined />} aria-label={t('org.column.settings')} />
    </Dropdown>
  );
}
