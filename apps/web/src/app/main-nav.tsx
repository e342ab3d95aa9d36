import { ApartmentOutlined, FileSearchOutlined, HistoryOutlined, SettingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router-dom';

const items = [
  { key: 'org', path: '/system/org', Icon: ApartmentOutlined },
  { key: 'syncRuns', path: '/system/sync-runs', Icon: HistoryOutlined },
  { key: 'enterprise', path: '/system/enterprise', Icon: SettingOutlined },
  { key: 'audit', path: '/system/audit', Icon: FileSearchOutlined },
] as const;

/** The pages of the console. Collapsed, the icons keep their names for screen readers and as tooltips. */
export function MainNav({ isCollapsed, onNavigate }: { isCollapsed: boolean; onNavigate?: () => void }) {
  const { t } = useTranslation();
  return (
    <nav className={isCollapsed ? 'om-nav om-nav-collapsed' : 'om-nav'} aria-label={t('shell.nav.label')}>
      <div className="om-nav-group">{isCollapsed ? <hr /> : t('shell.nav.system')}</div>
      <ul>
        {items.map(({ key, path, Icon }) => (
          <li key={key}>
            <NavLink
              to={path}
              {...(onNavigate && { onClick: onNavigate })}
              {...(isCollapsed && { title: t(`shell.nav.${key}`) })}
            >
              <Icon aria-hidden="true" />
              <span>{t(`shell.nav.${key}`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
