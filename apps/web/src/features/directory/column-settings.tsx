import { CheckOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../../config/preference.ts';
import { hiddenMemberColumnsPreference } from '../../config/preferences.ts';
import { optionalColumns } from './member-columns.tsx';

/** Which columns of the members table are shown; kept in this browser. */
export function ColumnSettings() {
  const { t } = useTranslation();
  const hidden = usePreference(hiddenMemberColumnsPreference);
  const [isOpen, setOpen] = useState(false);
  return (
    <Dropdown
      trigger={['click']}
      open={isOpen}
      // Stays open while columns are being ticked.
      onOpenChange={(open, { source }) => (source === 'trigger' || open) && setOpen(open)}
      menu={{
        multiple: true,
        selectable: true,
        selectedKeys: optionalColumns.filter((column) => !hidden.includes(column)),
        onSelect: ({ selectedKeys }) =>
          hiddenMemberColumnsPreference.set(optionalColumns.filter((key) => !selectedKeys.includes(key))),
        onDeselect: ({ selectedKeys }) =>
          hiddenMemberColumnsPreference.set(optionalColumns.filter((key) => !selectedKeys.includes(key))),
        items: optionalColumns.map((key) => ({
          key,
          label: t(`org.column.${key}`),
          icon: (
            <CheckOutlined
              aria-label={t('org.column.shown')}
              className={hidden.includes(key) ? 'om-unchecked' : undefined}
            />
          ),
        })),
      }}
    >
      <Button type="text" icon={<TableOutlined />} aria-label={t('org.column.settings')} />
    </Dropdown>
  );
}
