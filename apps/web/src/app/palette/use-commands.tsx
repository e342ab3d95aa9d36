import {
  BgColorsOutlined,
  GlobalOutlined,
  PartitionOutlined,
  ReadOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { usePreference } from '../../config/preference.ts';
import { languages, themeChoices, themePreference } from '../../config/preferences.ts';
import { useUnlessPlanWaits } from '../../entities/runs/use-unless-plan-waits.ts';
import { useIsAdmin, useSeesConsole } from '../../entities/session/session.ts';
import { useLoadedLanguage } from '../../i18n/language.ts';
import { chooseTheme } from '../../lib/theme.ts';
import { useHelpPages } from '../navigation/help-pages.ts';
import { listNavItems, type NavItem } from '../navigation/main-nav.tsx';
import { useSwitchLanguage } from '../navigation/use-switch-language.ts';
import type { Overlay } from './overlay.ts';
import type { PaletteItem } from './palette-item.ts';

/** Pinyin, initials and English: what people type for a page, in either language. */
const pageWords: Record<NavItem['key'] | 'chart' | 'guide' | 'errors' | 'api', string> = {
  overview: 'zonglan zl overview home',
  me: 'wode wd me profile password sessions',
  org: 'zuzhijiagou zzjg jiagou org structure departments members',
  chart: 'jiagoutu jgt tu chart picture',
  syncRuns: 'tongbujilu tbjl jilu history runs',
  events: 'shijianjilu sjjl shijian events callbacks',
  enterprise: 'qiyeshezhi qysz shezhi settings enterprise connection schedule guard',
  attributes: 'kuozhanshuxing kzsx extra attributes employee number cost centre',
  administrators: 'guanliyuan gly administrators accounts auditors',
  audit: 'caozuorizhi czrz rizhi audit log',
  guide: 'peizhizhinan pzzn zhinan guide setup',
  errors: 'cuowushuoming cwsm errors',
  api: 'apiwendang wendang wd api documentation',
};

const commandWords = {
  preview: 'yulantongbu yltb yulan preview sync',
  sync: 'qiyeweixintongbu qywxtb tongbu tb sync wecom',
  theme: 'zhuti zt theme dark light anse qianse',
  language: 'yuyan yy language zhongwen yingwen chinese english',
  shortcuts: 'kuaijiejian kjj shortcuts keys keyboard',
};

interface CommandsInput {
  onOverlay: (overlay: Overlay | null) => void;
  onPreview: () => void;
}

/** The pages that the user may see and the commands that they may give. */
export function useCommands({ onOverlay, onPreview }: CommandsInput): PaletteItem[] {
  const commands = [...useSyncCommands({ onOverlay, onPreview }), ...useViewCommands(onOverlay)];
  return [...usePages(() => onOverlay(null)), ...commands];
}

function usePages(close: () => void): PaletteItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const seesConsole = useSeesConsole();
  const toPage = (key: keyof typeof pageWords, path: string, name: string, icon: PaletteItem['icon']) => ({
    kind: 'page' as const,
    key: path,
    name,
    icon,
    words: pageWords[key],
    choose: () => {
      close();
      void navigate(path);
    },
  });
  const help = useHelpPages().map(
    ({ key, path }): PaletteItem => ({
      ...toPage(key, path, t(`shell.help.${key}`), <ReadOutlined />),
      detail: t('palette.newTab'),
      choose: () => {
        close();
        window.open(path, '_blank', 'noreferrer');
      },
    }),
  );
  return [
    ...listNavItems(seesConsole).map(({ key, path, Icon }) =>
      toPage(key, path, t(`shell.nav.${key}`), <Icon />),
    ),
    toPage('chart', '/system/org/chart', t('org.chart.title'), <PartitionOutlined />),
    ...help,
  ];
}

function useSyncCommands({ onOverlay, onPreview }: CommandsInput): PaletteItem[] {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const openDialog = () => onOverlay('sync');
  const preview = useUnlessPlanWaits({ isEnabled: isAdmin, start: onPreview, ask: openDialog });
  if (!isAdmin) return [];
  const choose = { preview, sync: openDialog };
  return (['preview', 'sync'] as const).map((key) => ({
    kind: 'command',
    key,
    name: t(`palette.command.${key}.name`),
    detail: t(`palette.command.${key}.effect`),
    icon: <SyncOutlined />,
    words: commandWords[key],
    choose: choose[key],
  }));
}

/** What the user sees of the console, never what is in it. */
function useViewCommands(onOverlay: (overlay: Overlay | null) => void): PaletteItem[] {
  const { t } = useTranslation();
  const theme = usePreference(themePreference);
  const { code } = useLoadedLanguage();
  const switchTo = useSwitchLanguage();
  const themes = themeChoices
    .filter((choice) => choice !== theme)
    .map((choice) => ({
      key: `theme.${choice}`,
      name: t('palette.command.theme.name', { choice: t(`shell.theme.${choice}`) }),
      detail: t('palette.command.theme.effect'),
      icon: <BgColorsOutlined />,
      words: commandWords.theme,
      choose: () => {
        onOverlay(null);
        chooseTheme(choice);
      },
    }));
  const others = languages
    .filter((language) => language !== code)
    .map((language) => ({
      key: `language.${language}`,
      name: t('palette.command.language.name', {
        choice: t(language === 'zh-CN' ? 'shell.language.zh' : 'shell.language.en'),
      }),
      detail: t('palette.command.language.effect'),
      icon: <GlobalOutlined />,
      words: commandWords.language,
      choose: () => {
        onOverlay(null);
        switchTo(language);
      },
    }));
  const shortcuts = {
    key: 'shortcuts',
    name: t('palette.command.shortcuts.name'),
    detail: t('palette.command.shortcuts.effect'),
    icon: <ReadOutlined />,
    words: commandWords.shortcuts,
    choose: () => onOverlay('shortcuts'),
  };
  return [...themes, ...others, shortcuts].map((item) => ({ kind: 'command', ...item }));
}
