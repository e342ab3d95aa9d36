import type { MemberCheckStep, SyncChange } from '@orgmirror/contracts';
import { type CurrentMember, type ReadMember, toMemberKey } from '@orgmirror/planner';
import { WecomApiError, type WecomClient } from '@orgmirror/wecom';
import { openCredentials } from '../../connection/connect-wecom.ts';
import { findConnection, type SavedConnection } from '../../connection/wecom-connection-repository.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Locale } from '../../platform/http/locale.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { findActiveRun } from '../../runs/sync-run-repository.ts';
import { readCurrentMembers, readPresentDepartmentNames } from '../plan/current-directory-repository.ts';
import { createDirectoryDigest } from '../plan/directory-digest.ts';
import { maskValues, type PlannedChange } from '../plan/plan-writer.ts';
import { mapMember } from '../snapshot/map-wecom.ts';
import { readVisibleScope } from '../snapshot/read-directory.ts';
import { isNotFound } from '../snapshot/snapshot-read.ts';
import { applyMemberPlan, type RecordMemberCheck } from './apply-member-plan.ts';
import { memberCheckTexts } from './check-member-texts.ts';
import { createCheckRunner, type StepOutcome } from './check-runner.ts';
import { type OneMemberPlan, planOneMember } from './plan-one-member.ts';

export interface MemberCheckRequest {
  userId: string;
  apply: boolean;
  startedBy: string;
  locale: Locale;
  /** Writes down that changes are about to be applied, in the transaction that makes their run. */
  record: RecordMemberCheck;
}

export interface MemberCheck {
  steps: MemberCheckStep[];
  changes: SyncChange[];
  runId: string | null;
}

/** What all steps know. */
interface Check {
  dependencies: SyncDependencies;
  request: MemberCheckRequest;
  connection: SavedConnection;
  client: WecomClient;
  texts: (typeof memberCheckTexts)['zh'];
}

/**
 * Reads one member from WeCom and says step by step what a sync would change; with `apply` it does so, as a
 * run of its own. It removes nothing: one answer is no evidence that a member left, the next sync decides.
 * @throws AppError `settings.incomplete`; with `apply` also `sync.disabled`, `sync.already_running`, and
 * `plan.stale` when the directory changed meanwhile
 */
export async function checkMember(
  dependencies: SyncDependencies,
  request: MemberCheckRequest,
): Promise<MemberCheck> {
  const connection = await findConnection(dependencies.prisma);
  if (connection === null) throw new AppError('settings.incomplete');
  const credentials = openCredentials(connection, dependencies.secretBox);
  if (request.apply) await refuseUnlessFree(dependencies, connection);
  const client = dependencies.connectWecom(credentials);
  const check: Check = { dependencies, request, connection, client, texts: memberCheckTexts[request.locale] };
  const runner = createCheckRunner(request.locale);

  const nothing = () => ({ steps: runner.finish(), changes: [], runId: null });
  const read = await runner.run('read', () => readMember(check));
  if (read === undefined) return nothing();
  if (!(await runner.run('scope', () => judgeScope(check, read)))) return nothing();
  const match = await runner.run('match', () => matchMember(check, read));
  if (match === undefined) return nothing();
  const plan = await runner.run('plan', () => planMatch(check, read, match));
  if (plan === undefined) return nothing();
  const runId = (await runner.run('apply', () => apply(check, plan))) ?? null;
  return { steps: runner.finish(), changes: plan.changes.map(presentPlannedChange), runId };
}

async function refuseUnlessFree({ prisma }: SyncDependencies, connection: SavedConnection): Promise<void> {
  if (!connection.syncEnabled) throw new AppError('sync.disabled');
  const active = await findActiveRun(prisma, connection.corpRowId);
  if (active !== null) throw new AppError('sync.already_running', { runId: active.id });
}

async function readMember(check: Check): Promise<[ReadMember | undefined, StepOutcome]> {
  const { client, request, texts } = check;
  try {
    const member = mapMember(await client.getMember(request.userId), null);
    const name = member.fields.name ?? member.userId;
    return [member, { status: 'passed', detail: texts.read(name, member.userId) }];
  } catch (error) {
    if (!(error instanceof WecomApiError && isNotFound(error))) throw error;
    const { errcode } = error;
    const current = await findCurrent(check, request.userId);
    const gone = texts.gone(request.userId, errcode);
    if (current?.presence === 'left')
      return [
        undefined,
        { status: 'failed', errcode, detail: texts.hasLeft(nameOfMember(current), errcode) },
      ];
    const detail = current === null ? gone : `${gone}${texts.goneButPresent}`;
    return [undefined, { status: 'failed', errcode, detail }];
  }
}

/** Whether and where a sync would find the member, and which of their departments are not here yet. */
async function judgeScope(check: Check, read: ReadMember): Promise<[true, StepOutcome]> {
  const { client, connection, texts } = check;
  const scope = await readVisibleScope(client, Number(connection.agentId));
  const visible = new Map((await client.listDepartments()).map(({ id, name }) => [id, name ?? String(id)]));
  const ids = (read.departments ?? []).filter((id) => visible.has(id));
  if (ids.length === 0) {
    const key = toMemberKey(read.userId);
    const listed = scope.tagIds.length > 0 || scope.userIds.some((userId) => toMemberKey(userId) === key);
    return [true, listed ? passed(texts.alone) : warned(texts.notListed)];
  }
  const { prisma } = check.dependencies;
  const ours = await readPresentDepartmentNames(prisma, connection.corpRowId, ids);
  const unknownIds = ids.filter((id) => !ours.has(id));
  const detail = texts.inDepartments(listDepartments(check, ids, visible));
  if (unknownIds.length === 0) return [true, passed(detail)];
  return [true, warned(detail, texts.unknownDepartments(listDepartments(check, unknownIds, visible)))];
}

async function matchMember(
  check: Check,
  read: ReadMember,
): Promise<[{ current: CurrentMember | null }, StepOutcome]> {
  const { texts } = check;
  const current = await findCurrent(check, read.userId);
  if (current === null) return [{ current }, passed(texts.isNew)];
  const name = nameOfMember(current);
  const detail = current.presence === 'left' ? texts.left(name) : texts.present(name);
  const outcome = current.disabledBy === 'admin' ? warned(detail, texts.disabledByAdmin) : passed(detail);
  return [{ current }, outcome];
}

async function planMatch(
  check: Check,
  read: ReadMember,
  { current }: { current: CurrentMember | null },
): Promise<[OneMemberPlan, StepOutcome]> {
  const { dependencies, connection, texts } = check;
  const { prisma, secretBox } = dependencies;
  const places = (current?.memberships ?? []).map(({ departmentId }) => departmentId);
  const ids = [...new Set([...(read.departments ?? []), ...places])];
  const departmentNames = await readPresentDepartmentNames(prisma, connection.corpRowId, ids);
  const digest = createDirectoryDigest(secretBox);
  const plan = planOneMember(current, read, { departmentNames, digest });
  const detail = plan.changes.length === 0 ? texts.unchanged : texts.changes(plan.changes.length);
  if (plan.keptDepartmentIds.length === 0) return [plan, passed(detail)];
  const kept = listDepartments(check, plan.keptDepartmentIds, departmentNames);
  return [plan, warned(detail, texts.kept(kept))];
}

async function apply(check: Check, plan: OneMemberPlan): Promise<[string | null, StepOutcome]> {
  const { dependencies, request, connection, texts } = check;
  if (!request.apply) return [null, { status: 'skipped', detail: texts.notAsked }];
  if (plan.changes.length === 0) return [null, { status: 'skipped', detail: texts.nothingToApply }];
  const runId = await applyMemberPlan(dependencies, { connection, plan, ...request });
  return [runId, passed(texts.applied(plan.changes.length))];
}

async function findCurrent(
  { dependencies, connection }: Check,
  userId: string,
): Promise<CurrentMember | null> {
  const { prisma, secretBox } = dependencies;
  const key = toMemberKey(userId);
  const [current] = await readCurrentMembers(prisma, secretBox, connection.corpRowId, [key]);
  return current ?? null;
}

const nameOfMember = ({ fields, userId }: CurrentMember): string => fields.name ?? userId;

const passed = (detail: string): StepOutcome => ({ status: 'passed', detail });
const warned = (...details: string[]): StepOutcome => ({ status: 'warning', detail: details.join(' ') });

const listDepartments = (
  { texts }: Check,
  ids: readonly number[],
  names: ReadonlyMap<number, string>,
): string => ids.map((id) => texts.department(names.get(id) ?? String(id), id)).join(texts.separator);

/** A change as the API shows it, sensitive values masked. */
const presentPlannedChange = ({ change }: PlannedChange): SyncChange => ({
  entity: change.entity,
  key: change.key,
  name: change.name,
  kind: change.kind,
  before: maskValues(change.before).masked,
  after: maskValues(change.after).masked,
  held: false,
});
