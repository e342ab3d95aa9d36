import type { MemberSummary } from '@orgmirror/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { PendingPlan } from '../../entities/runs/pending-plan.tsx';
import { pendingRunQuery } from '../../entities/runs/run-queries.ts';
import { listMembers } from '../../lib/api/directory.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { CheckMemberResult } from './check-member-result.tsx';
import { useCheckMember } from './use-check-member.ts';

interface CheckMemberDialogProps {
  /** The member to check at once; '' asks for the userid first. */
  wecomUserId: string;
  onClose: () => void;
}

const maxNamesakes = 20;

/** Members of exactly this name, those who left too; none when it is somebody's userid. */
async function findNamesakes(text: string): Promise<MemberSummary[]> {
  const { items } = await listMembers({ query: { q: text, presence: 'all', limit: maxNamesakes } });
  const isUserId = items.some(({ wecomUserId }) => wecomUserId.toLowerCase() === text.toLowerCase());
  return isUserId ? [] : items.filter(({ name }) => name === text);
}

/** 检查此成员: compares one member with WeCom in five steps; differences can be applied. */
export function CheckMemberDialog({ wecomUserId, onClose }: CheckMemberDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  useReturnFocus();
  const [typed, setTyped] = useState(wecomUserId);
  const [isMissing, setMissing] = useState(false);
  const check = useCheckMember();
  const { mutate, data, isPending, isError, error, variables } = check;
  useEffect(() => {
    if (wecomUserId !== '') mutate({ wecomUserId, apply: false });
  }, [mutate, wecomUserId]);

  const find = useMutation({ mutationFn: findNamesakes });
  const start = (userId: string) => {
    setTyped(userId);
    find.reset();
    mutate({ wecomUserId: userId, apply: false });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed.trim();
    setMissing(wanted === '');
    if (wanted === '') return;
    check.reset();
    // A member who is not found here may be in WeCom all the same, by that userid.
    const found = await find.mutateAsync(wanted).catch(() => []); // a list that fails does not keep from trying
    const [only = { wecomUserId: wanted }] = found;
    if (found.length < 2) start(only.wecomUserId);
  };
  const { isPending: isAsking } = useQuery(pendingRunQuery); // what applying would make void
  const canApply = data !== undefined && data.changes.length > 0 && data.runId === null && !isPending;
  const apply = () =>
    variables &&
    mutate({ ...variables, apply: true }, { onSuccess: () => message.success(t('members.check.applied')) });
  return (
    <Modal
      open
      title={t('members.check.title')}
      onCancel={onClose}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{t('common.action.close')}</Button>
          {canApply && (
            <Button type="primary" onClick={apply} disabled={isAsking}>
              {t('members.check.apply')}
            </Button>
          )}
        </>
      }
    >
      <p className="om-quiet">{t('members.check.intro')}</p>
      <form className="om-check-form" onSubmit={submit}>
        <label htmlFor="om-check-user-id">{t('members.check.userId')}</label>
        <Input
          id="om-check-user-id"
          autoFocus={wecomUserId === ''}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          {...(isMissing && { status: 'error' as const })}
          aria-invalid={isMissing}
          aria-describedby="om-check-user-id-help"
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button
          htmlType="submit"
          type={data === undefined ? 'primary' : 'default'}
          loading={isPending || find.isPending}
        >
          {t(data === undefined ? 'members.check.run' : 'members.check.again')}
        </Button>
        <small id="om-check-user-id-help" className={isMissing ? 'om-field-error' : 'om-small-print'}>
          {t(isMissing ? 'members.check.required' : 'members.check.userIdHelp')}
        </small>
      </form>
      {find.data && find.data.length > 1 && (
        <Namesakes members={find.data} onChoose={({ wecomUserId }) => start(wecomUserId)} />
      )}
      {isError && <ProblemNotice error={error} />}
      {(isPending || data !== undefined) && <CheckMemberResult isRunning={isPending} result={data} />}
      {canApply && <PendingPlan replacedBy="change" onLeave={onClose} />}
    </Modal>
  );
}

interface NamesakesProps {
  members: readonly MemberSummary[];
  onChoose: (member: MemberSummary) => void;
}

/** Several members have the name: which one is meant. */
function Namesakes({ members, onChoose }: NamesakesProps) {
  const { t } = useTranslation();
  return (
    <section className="om-namesakes" aria-label={t('members.check.namesakes')}>
      <p className="om-quiet">{t('members.check.namesakes')}</p>
      {members.map((member) => (
        <Button key={member.id} size="small" onClick={() => onChoose(member)}>
          {member.name} · {member.wecomUserId}
          {member.departments[0] && ` · ${member.departments[0].name}`}
        </Button>
      ))}
    </section>
  );
}
