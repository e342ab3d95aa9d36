import { App } from 'antd';
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Location, useBlocker } from 'react-router-dom';

/** Whether a form would lose input by a navigation; undefined: the tab is being closed. */
type IsAtRisk = (from: Location | undefined, to: Location | undefined) => boolean;

const GuardedForms = createContext<Set<IsAtRisk>>(new Set());

/**
 * Asks before a navigation or a closed tab discards unsaved input of any form inside: the router takes one
 * blocker, a page has several forms.
 */
export function UnsavedChanges({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [forms] = useState(() => new Set<IsAtRisk>());

  const blocker = useBlocker(({ currentLocation, nextLocation }) =>
    [...forms].some((isAtRisk) => isAtRisk(currentLocation, nextLocation)),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const dialog = modal.confirm({
      title: t('common.unsaved.title'),
      content: t('common.unsaved.detail'),
      okText: t('common.unsaved.leave'),
      okButtonProps: { danger: true },
      cancelText: t('common.unsaved.stay'),
      focusable: { autoFocusButton: 'cancel' }, // a key pressed without looking loses nothing
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
    return () => dialog.destroy();
  }, [blocker, modal, t]);

  useEffect(() => {
    const warnBeforeUnload = (event: BeforeUnloadEvent) => {
      if ([...forms].some((isAtRisk) => isAtRisk(undefined, undefined))) event.preventDefault();
    };
    window.addEventListener('beforeunload', warnBeforeUnload);
    return () => window.removeEventListener('beforeunload', warnBeforeUnload);
  }, [forms]);
  return <GuardedForms value={forms}>{children}</GuardedForms>;
}

interface UnsavedGuardProps {
  /** Asked at the moment of the navigation. */
  isDirty: () => boolean;
  /** Whether the form outlives everything but another page; one in a drawer also goes with its address. */
  isOfPage?: boolean;
}

/** Guards the input of one form. To be rendered only while something can be typed. */
export function UnsavedGuard({ isDirty, isOfPage = false }: UnsavedGuardProps) {
  const forms = use(GuardedForms);
  const isDirtyNow = useRef(isDirty);
  useEffect(() => {
    isDirtyNow.current = isDirty;
  });
  useEffect(() => {
    const isAtRisk: IsAtRisk = (from, to) => {
      const leavesPage = from?.pathname !== to?.pathname || to === undefined;
      return isDirtyNow.current() && (leavesPage || (!isOfPage && from?.search !== to?.search));
    };
    forms.add(isAtRisk);
    return () => void forms.delete(isAtRisk);
  }, [forms, isOfPage]);
  return null;
}
