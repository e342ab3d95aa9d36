import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { lazy, type MouseEvent, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useNavigation } from 'react-router-dom';
import { BrandMark } from '../components/brand-mark.tsx';
import { UnsavedChanges } from '../components/unsaved-guard.tsx';
import { usePreference } from '../config/preference.ts';
import { siderPreference } from '../config/preferences.ts';
import { useSeesConsole } from '../entities/session/session.ts';
import { AccountMenu, HelpMenu, LanguageMenu, ThemeMenu } from './header-menus.tsx';
import { MainNav } from './navigation/main-nav.tsx';
import { PageCrumbs, useParentPath } from './navigation/page-crumbs.tsx';
import type { Overlay } from './palette/overlay.ts';
import { RunIndicator } from './run-indicator.tsx';
import { ServerBanner } from './server-banner.tsx';

// Few pages need it at once, and the shell is as large as it may be.
const HeaderExtras = lazy(async () => ({ default: (await import('./header-extras.tsx')).HeaderExtras }));
// As above; only what listens to the keys, the palette itself comes when it is first opened.
const Shortcuts = lazy(async () => ({ default: (await import('./palette/shortcuts.tsx')).Shortcuts }));

const contentId = 'om-content';

/** A fragment in the address would be a navigation that the router does not know of. */
function skipToContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById(contentId)?.focus();
}

/** Sider, header, page. */
export function Shell() {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  const isCollapsed = usePreference(siderPreference) === 'collapsed';
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const parentPath = useParentPath();
  const isLoading = useNavigation().state === 'loading';
  return (
    <div className="om-shell">
      <a className="om-skip" href={`#${contentId}`} onClick={skipToContent}>
        {t('shell.skipToContent')}
      </a>
      <aside className={isCollapsed ? 'om-sider om-sider-collapsed' : 'om-sider'}>
        <Brand isCollapsed={isCollapsed} />
        <MainNav isCollapsed={isCollapsed} />
        <Button
          type="text"
          className="om-sider-toggle"
          icon={isCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          aria-label={t(isCollapsed ? 'shell.nav.expand' : 'shell.nav.collapse')}
          onClick={() => siderPreference.set(isCollapsed ? 'open' : 'collapsed')}
        />
      </aside>
      <Drawer
        open={isDrawerOpen}
        onClose={() => setDrawerOpen(false)}
        placement="left"
        size={248}
        title={<Brand isCollapsed={false} />}
        styles={{ body: { padding: 8 } }}
      >
        <MainNav isCollapsed={false} onNavigate={() => setDrawerOpen(false)} />
      </Drawer>
      <header className="om-header">
        <Button
          type="text"
          className="om-narrow-only"
          icon={<MenuOutlined />}
          aria-label={t('shell.nav.open')}
          onClick={() => setDrawerOpen(true)}
        />
        <PageCrumbs />
        <div className="om-header-right">
          <Button
            type="text"
            className="om-wide-only"
            icon={<SearchOutlined />}
            aria-label={t('shell.palette')}
            title={t('shell.palette')}
            onClick={() => setOverlay('palette')}
          />
          {seesConsole && <RunIndicator />}
          {seesConsole && (
            <Suspense fallback={<span className="om-bell-space" />}>
              <HeaderExtras />
            </Suspense>
          )}
          <HelpMenu onShortcuts={() => setOverlay('shortcuts')} />
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </div>
        {isLoading && <div className="om-loading-bar" role="status" aria-label={t('common.loading')} />}
      </header>
      <Suspense>
        <Shortcuts overlay={overlay} onOverlay={setOverlay} parentPath={parentPath} />
      </Suspense>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it even on a page without controls */}
      <main className="om-content" id={contentId} tabIndex={0}>
        <ServerBanner />
        <UnsavedChanges>
          <Outlet />
        </UnsavedChanges>
      </main>
    </div>
  );
}

function Brand({ isCollapsed }: { isCollapsed: boolean }) {
  const { t } = useTranslation();
  return (
    <Link className="om-brand" to="/" aria-label={t('common.productName')}>
      <BrandMark />
      {!isCollapsed && <span>{t('common.productName')}</span>}
    </Link>
  );
}
