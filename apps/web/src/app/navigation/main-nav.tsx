import {
  ApartmentOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  HistoryOutlined,
  IdcardOutlined,
  SettingOutlined,
  TableOutlined,
  ThunderboltOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router-dom';
import { useSeesConsole } from '../../entities/session/session.ts';

const own = [{ key: 'me', path: '/me', Icon: UserOutlined }] as const;
const home = [{ key: 'overview', path: '/', Icon: DashboardOutlined }, ...own] as const;
const forEveryone = [{ key: 'org', path: '/system/org', Icon: ApartmentOutlined }] as const;
const forConsole = [
  ...forEveryone,
  { key: 'syncRuns', path: '/system/sync-runs', Icon: HistoryOutlined },
  { key: 'events', path: '/system/events', Icon: ThunderboltOutlined },
  { key: 'enterprise', path: '/system/enterprise', Icon: SettingOutlined },
  { key: 'attributes', path: '/system/attributes', Icon: TableOutlined },
  { key: 'administrators', path: '/system/administrators', Icon: IdcardOutlined },
  { key: 'audit', path: '/system/audit', Icon: FileSearchOutlined },
] as const;

/** The pages of the console that the user may see. */
export const listNavItems = (seesConsole: boolean): readonly NavItem[] =>
  seesConsole ? [...home, ...forConsole] : [...own, ...forEveryone];

interface MainNavProps {
  isCollapsed: boolean;
  onNavigate?: () => void;
}

/** Navigation to the pages that the user may see. Collapsed, the icons keep accessible names and tooltips. */
export function MainNav(props: MainNavProps) {
  const { t } = useTranslation();
  const { isCollapsed } = props;
  const seesConsole = useSeesConsole();
  return (
    <nav className={isCollapsed ? 'om-nav om-nav-collapsed' : 'om-nav'} aria-label={t('shell.nav.label')}>
      <NavItems items={seesConsole ? home : own} {...props} />
      <div className="om-nav-group">{isCollapsed ? <hr /> : t('shell.nav.system')}</div>
      <NavItems items={seesConsole ? forConsole : forEveryone} {...props} />
    </nav>
  );
}

export type NavItem = (typeof home)[number] | (typeof forConsole)[number];

function NavItems({ items, isCollapsed, onNavigate }: MainNavProps & { items: readonly NavItem[] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {items.map(({ key, path, Icon }) => (
        <li key={key}>
          <NavLink
            to={path}
            end={path === '/'}
            {...(onNavigate && { onClick: onNavigate })}
            {...(isCollapsed && { title: t(`shell.nav.${key}`) })}
          >
            <Icon aria-hidden="true" />
            <span>{t(`shell.nav.${key}`)}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
