import { CloseOutlined, DownOutlined } from '@ant-design/icons';
import type { MemberSummary, Role } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../../components/menu-button.tsx';
import { useIsAdmin } from '../../entities/session/session.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { LazyExportDialog } from './lazy-export-dialog.tsx';
import type { OrgParams } from './org-params.ts';
import { measureEffect, type SelectionAction } from './selection-effect.ts';
import type { MemberSelection } from './use-selection.ts';
import { type AccessResult, useSetMembersAccess } from './use-set-members-access.ts';

const roles = ['admin', 'auditor', 'member'] as const satisfies readonly Role[];

/** What can be done to the members that are ticked; each action names its effect in numbers before it runs. */
export function SelectionBar({ selection, params }: { selection: MemberSelection; params: OrgParams }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [isExporting, setExporting] = useState(false);
  const { ask, isPending } = useSelectionAction(selection);
  const { members, clear } = selection;
  if (members.length === 0) return null;
  return (
    <section className="om-selection" aria-label={t('members.selection.title')}>
      <span aria-live="polite">{t('members.selection.count', { count: members.length })}</span>
      {isAdmin && (
        <>
          <Button size="small" disabled={isPending} onClick={() => ask({ kind: 'disable' })}>
            {t('org.member.access.disable')}
          </Button>
          <Button size="small" disabled={isPending} onClick={() => ask({ kind: 'enable' })}>
            {t('org.member.access.enable')}
          </Button>
          <MenuButton
            size="small"
            disabled={isPending}
            menu={{
              items: roles.map((role) => ({
                key: role,
                label: t(`common.role.${role}`),
                onClick: () => ask({ kind: 'role', role }),
              })),
            }}
          >
            {t('members.selection.role')} <DownOutlined aria-hidden="true" />
          </MenuButton>
        </>
      )}
      <Button size="small" onClick={() => setExporting(true)}>
        {t('members.selection.export')}
      </Button>
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('members.selection.clear')}
        title={t('members.selection.clear')}
        onClick={clear}
      />
      {isExporting && (
        <Suspense>
          <LazyExportDialog params={params} selected={members} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </section>
  );
}

function useSelectionAction({ members, clear }: MemberSelection) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const { mutateAsync, isPending } = useSetMembersAccess();

  const run = async (action: SelectionAction, changed: readonly MemberSummary[]) => {
    const change = action.kind === 'role' ? { role: action.role } : { disabled: action.kind === 'disable' };
    try {
      const results = await mutateAsync({ members: changed, change });
      report(results, changed);
      clear();
    } catch (error) {
      message.error(getProblemTitle(error) ?? t('common.error.network.title'));
    }
  };

  const report = (results: readonly AccessResult[], changed: readonly MemberSummary[]) => {
    const refused = results.filter(({ outcome }) => outcome === 'refused');
    const count = results.length - refused.length;
    if (refused.length === 0) {
      message.success(t('members.selection.done', { count }));
      return;
    }
    const nameOf = new Map(changed.map(({ wecomUserId, name }) => [wecomUserId, name]));
    modal.warning({
      title: t('members.selection.someRefused', { count: refused.length }),
      content: (
        <ul className="om-selection-refused">
          {refused.map(({ wecomUserId, code }) => (
            <li key={wecomUserId}>
              {nameOf.get(wecomUserId) ?? wecomUserId}：
              {t(code === 'access.last_admin' ? 'members.selection.lastAdmin' : 'members.selection.gone')}
            </li>
          ))}
        </ul>
      ),
    });
  };

  const ask = (action: SelectionAction) => {
    const { changed, unchanged, left } = measureEffect(members, action);
    const count = changed.length;
    const role = action.kind === 'role' ? t(`common.role.${action.role}`) : '';
    const kind = action.kind;
    const rest = (
      <>
        {unchanged > 0 && <p>{t('members.selection.unchanged', { count: unchanged })}</p>}
        {left > 0 && <p>{t('members.selection.left', { count: left })}</p>}
      </>
    );
    if (count === 0) {
      modal.info({ title: t('members.selection.nobody'), content: rest });
      return;
    }
    modal.confirm({
      title: t(`members.selection.ask.${kind}`, { count, role }),
      content: (
        <>
          <p>
            {action.kind === 'role'
              ? t(`org.member.access.roleEffect.${action.role}`)
              : t(`members.selection.effect.${action.kind}`, { count })}
          </p>
          {rest}
        </>
      ),
      okText: t(`members.selection.confirm.${kind}`, { count }),
      okButtonProps: { danger: kind === 'disable' },
      onOk: () => run(action, changed),
    });
  };
  return { ask, isPending };
}
