import type { MemberDetail, Role } from '@orgmirror/contracts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Select } from '../../components/select.tsx';
import { ReturnedNotice } from './returned-notice.tsx';
import { useSetMemberAccess } from './use-set-member-access.ts';

const roles = ['admin', 'auditor', 'member'] as const satisfies readonly Role[];

/** 控制台访问, for admins: the member's role, and whether they may sign in. */
export function MemberAccess({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const save = useSetMemberAccess(member);
  const { name } = member;

  const askForRole = (role: Role) =>
    modal.confirm({
      title: t('org.member.access.roleTitle', { name, role: t(`common.role.${role}`) }),
      content: t(`org.member.access.roleEffect.${role}`),
      okText: t('org.member.access.roleConfirm'),
      onOk: () =>
        save.mutate(
          { role },
          {
            onSuccess: () =>
              message.success(t('org.member.access.roleSaved', { name, role: t(`common.role.${role}`) })),
          },
        ),
    });
  return (
    <section className="om-access" aria-labelledby="om-access-title">
      <h3 id="om-access-title">{t('org.member.access.title')}</h3>
      {save.isError && <ProblemNotice error={save.error} />}
      <ReturnedNotice member={member} onGiveBack={askForRole} />
      <dl className="om-facts">
        <dt>{t('org.member.access.role')}</dt>
        <dd>
          <Select
            label={t('org.member.access.role')}
            value={member.role}
            disabled={save.isPending}
            options={roles.map((value) => ({ value, label: t(`common.role.${value}`) }))}
            onChange={(value) => {
              const role = roles.find((known) => known === value);
              if (role !== undefined && role !== member.role) askForRole(role);
            }}
          />
        </dd>
        <dt>{t('org.member.access.state')}</dt>
        <dd>
          <SignInState member={member} save={save} />
        </dd>
      </dl>
    </section>
  );
}

interface SignInStateProps {
  member: MemberDetail;
  save: ReturnType<typeof useSetMemberAccess>;
}

function SignInState({ member, save }: SignInStateProps) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const { name, presence, disabledBy } = member;
  if (presence === 'left') return t('org.member.access.gone');
  if (disabledBy === 'sync') return t('org.member.access.blockedInWecom');
  const isBlocked = disabledBy === 'admin';
  const confirmChange = () =>
    modal.confirm({
      title: t(isBlocked ? 'org.member.access.enableTitle' : 'org.member.access.disableTitle', { name }),
      content: t(isBlocked ? 'org.member.access.enableEffect' : 'org.member.access.disableEffect'),
      okText: t(isBlocked ? 'org.member.access.enable' : 'org.member.access.disable'),
      okButtonProps: { danger: !isBlocked },
      onOk: () =>
        save.mutate(
          { disabled: !isBlocked },
          {
            onSuccess: () =>
              message.success(
                t(isBlocked ? 'org.member.access.enabled' : 'org.member.access.disabled', { name }),
              ),
          },
        ),
    });
  return (
    <span className="om-access-state">
      {t(isBlocked ? 'org.member.access.blocked' : 'org.member.access.allowed')}
      <Button size="small" onClick={confirmChange} loading={save.isPending}>
        {t(isBlocked ? 'org.member.access.enable' : 'org.member.access.disable')}
      </Button>
    </span>
  );
}
