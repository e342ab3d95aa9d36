import { type ThemeConfig, theme } from 'antd';

const shared = {
  fontFamily: '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif',
  fontFamilyCode: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  borderRadius: 6,
  borderRadiusLG: 8,
  wireframe: false,
  // As in styles/base.css. antd derives its other sizes from these.
  fontSize: 14,
  controlHeight: 32,
} as const;

// antd's own text greys and blue miss WCAG AA on our grounds; these values pass in both themes.
const light: ThemeConfig = {
  token: {
    ...shared,
    colorPrimary: '#0958d9',
    colorPrimaryHover: '#1e69d8',
    colorLink: '#0958d9',
    colorBgLayout: '#f5f6f8',
    colorBorderSecondary: '#e3e6ea',
    colorTextTertiary: 'rgba(0, 0, 0, 0.62)',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.56)',
    colorError: '#b8121b',
  },
};

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#1668dc',
    colorLink: '#6aa6f8',
    colorBgLayout: '#0f1114',
    colorBgContainer: '#17191d',
    colorBgElevated: '#1c1f24',
    colorBorderSecondary: '#2a2e35',
    colorTextTertiary: 'rgba(255, 255, 255, 0.62)',
    colorTextDescription: 'rgba(255, 255, 255, 0.65)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.56)',
    colorError: '#d9363e',
    colorErrorText: '#ff8078',
  },
};

/** antd's tokens for the console. */
export const getAntdTheme = (isDark: boolean): ThemeConfig => ({
  ...(isDark ? dark : light),
  components: {
    // Days of the months before and after can be chosen: they are quiet, not disabled.
    DatePicker: { colorTextDisabled: isDark ? 'rgba(255, 255, 255, 0.62)' : 'rgba(0, 0, 0, 0.62)' },
    Drawer: { footerPaddingBlock: 12, footerPaddingInline: 24 },
    ...(isDark && {
      Button: { defaultHoverColor: '#6aa6f8', defaultHoverBorderColor: '#6aa6f8' },
      Tabs: { itemSelectedColor: '#6aa6f8', inkBarColor: '#6aa6f8' },
    }),
  },
});
