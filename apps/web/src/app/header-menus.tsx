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
import { type Language, languages, themeChoices, themePreference } from '../config/preferences.ts';
import { useSignedInUser } from '../entities/session/session.ts';
import { switchLanguage, useLoadedLanguage } from '../i18n/language.ts';
import { getSession, signOut } from '../lib/api/session.ts';
import { signedOutPath } from '../lib/return-to.ts';
import { chooseTheme } from '../lib/theme.ts';

/** Where to read on: the set-up guide, the errors, the API. */
export function HelpMenu() {
  const { t } = useTranslation();
  const { code } = useLoadedLanguage();
  const lang = code === 'zh-CN' ? 'zh' : 'en';
  const pages = {
    guide: `/guide/setup?lang=${lang}`,
    errors: `/guide/errors?lang=${lang}`,
    api: '/api/v1/docs',
  };
  return (
    <MenuButton
      type="text"
      icon={<QuestionCircleOutlined />}
      aria-label={t('shell.help.label')}
      menu={{
        items: [
          ...(['guide', 'errors', 'api'] as const).map((key) => ({
            key,
            label: (
              <a href={pages[key]} target="_blank" rel="noreferrer">
                {t(`shell.help.${key}`)}
              </a>
            ),
          })),
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
  const { message } = App.useApp();
  const { code } = useLoadedLanguage();
  const choose = (language: Language) =>
    switchLanguage(language).catch(() => message.error(t('common.error.network.title')));
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
          onClick: () => void choose(language),
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
      await signOut({});
      window.location.assign(signedOutPath); // a full load: nothing of the session stays in memory
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
