import {
  BgColorsOutlined,
  GlobalOutlined,
  LogoutOutlined,
  QuestionCircleOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { MenuButton } from '../components/menu-button.tsx';
import { usePreference } from '../config/preference.ts';
import { languages, themeChoices, themePreference } from '../config/preferences.ts';
import { useSignedInUser } from '../entities/session/session.ts';
import { useLoadedLanguage } from '../i18n/language.ts';
import { getSession, signOut } from '../lib/api/session.ts';
import { endSession } from '../lib/http/end-session.ts';
import { chooseTheme } from '../lib/theme.ts';
import { useHelpPages } from './navigation/help-pages.ts';
import { useSwitchLanguage } from './navigation/use-switch-language.ts';

/** Where to read on, the shortcuts, the version. */
export function HelpMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation();
  return (
    <MenuButton
      type="text"
      icon={<QuestionCircleOutlined />}
      aria-label={t('shell.help.label')}
      menu={{
        items: [
          ...useHelpPages().map(({ key, path }) => ({
            key,
            label: (
              <a href={path} target="_blank" rel="noreferrer">
                {t(`shell.help.${key}`)}
              </a>
            ),
          })),
          { key: 'shortcuts', label: t('shell.help.shortcuts'), onClick: onShortcuts },
          { type: 'group', key: 'version', label: <ServerVersion /> },
        ],
      }}
    />
  );
}

/** Asked for when the menu opens, the first time. */
function ServerVersion() {
  const { data } = useQuery({
    queryKey: ['version'],
    queryFn: async ({ signal }) => (await getSession({}, signal)).version,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <>OrgMirror {data}</>;
}

export function LanguageMenu() {
  const { t } = useTranslation();
  const { code } = useLoadedLanguage();
  const choose = useSwitchLanguage();
  return (
    <MenuButton
      type="text"
      icon={<GlobalOutlined />}
      aria-label={t('shell.language.label')}
      menu={{
        selectable: true,
        selectedKeys: [code],
        items: languages.map((language) => ({
          key: language,
          label: t(language === 'zh-CN' ? 'shell.language.zh' : 'shell.language.en'),
          onClick: () => choose(language),
        })),
      }}
    />
  );
}

export function ThemeMenu() {
  const { t } = useTranslation();
  const choice = usePreference(themePreference);
  return (
    <MenuButton
      type="text"
      icon={<BgColorsOutlined />}
      aria-label={t('shell.theme.label')}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: themeChoices.map((key) => ({
          key,
          label: t(`shell.theme.${key}`),
          onClick: () => chooseTheme(key),
        })),
      }}
    />
  );
}

export function AccountMenu() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const user = useSignedInUser();
  const navigate = useNavigate();
  const leave = async () => {
    try {
      await endSession(() => signOut({}));
    } catch {
      message.error(t('shell.account.signOutFailed'));
    }
  };
  return (
    <MenuButton
      type="text"
      icon={<UserOutlined />}
      className="om-account"
      aria-label={`${t('shell.account.label')}: ${user.displayName}`}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: `${user.displayName} · ${t(`common.role.${user.role}`)}`,
          },
          {
            key: 'me',
            icon: <UserOutlined />,
            label: t('shell.nav.me'),
            onClick: () => void navigate('/me'),
          },
          { key: 'signOut', icon: <LogoutOutlined />, label: t('shell.account.signOut'), onClick: leave },
        ],
      }}
    >
      <span className="om-wide-only">{user.displayName}</span>
    </MenuButton>
  );
}
