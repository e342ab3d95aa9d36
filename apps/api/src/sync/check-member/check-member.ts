import type { MemberCheckStep, SubjectNames, SyncChange } from '@orgmirror/contracts';
import { type CurrentMember, type ReadMember, toMemberKey } from '@orgmirror/planner';
import { WecomApiError, type WecomClient } from '@orgmirror/wecom';
import { openCredentials } from '../../connection/connect-wecom.ts';
import { readGuardLimits } from '../../connection/read-guard-limits.ts';
import { findConnection, type SavedConnection } from '../../connection/wecom-connection-repository.ts';
import { readMentionedNames } from '../../directory/members/mentioned-names.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Locale } from '../../platform/http/locale.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { countRecentRemovals, findActiveRun } from '../../runs/sync-run-repository.ts';
import {
  readCurrentDepartments,
  readCurrentMembers,
  readPresentDepartmentNames,
} from '../plan/current-directory-repository.ts';
import { createDirectoryDigest } from '../plan/directory-digest.ts';
import { maskValues, type PlannedChange } from '../plan/plan-writer.ts';
import { mapMember } from '../snapshot/map-wecom.ts';
import { readVisibleScope } from '../snapshot/read-directory.ts';
import { isNotFound, statusLeft } from '../snapshot/snapshot-read.ts';
import { applyMemberPlan, type RecordMemberCheck } from './apply-member-plan.ts';
import { memberCheckTexts } from './check-member-texts.ts';
import { type CheckRunner, createCheckRunner, type StepOutcome } from './check-runner.ts';
import { type OneMemberPlan, planLeaving, planOneMember } from './plan-one-member.ts';

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
  /** Of what the changes mention. */
  names: SubjectNames;
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
 * run of its own. Whom WeCom denies by name leaves when the lists of their departments do not name them either,
 * through the guard; whether the last sync was partial makes no difference.
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

  const answer = await runner.run('read', () => readMember(check));
  const plan = answer && (await planAnswer(check, runner, answer));
  if (plan === undefined)
    return { steps: runner.finish(), changes: [], names: { departments: {}, members: {} }, runId: null };
  const runId = (await runner.run('apply', () => apply(check, plan))) ?? null;
  const changes = plan.changes.map(presentPlannedChange);
  const names = await readMentionedNames(dependencies.prisma, connection.corpRowId, changes);
  return { steps: runner.finish(), changes, names, runId };
}

/** The steps between the answer and the plan; undefined when one failed. */
async function planAnswer(
  check: Check,
  runner: CheckRunner,
  answer: MemberAnswer,
): Promise<OneMemberPlan | undefined> {
  const { texts } = check;
  if (answer.kind === 'gone') {
    const { current } = answer;
    if (!(await runner.run('scope', () => judgeAbsence(check, current)))) return undefined;
    await runner.run('match', async () => [true, passed(texts.present(nameOfMember(current)))]);
    return runner.run('plan', () => planAbsence(check, current));
  }
  const { member } = answer;
  if (!(await runner.run('scope', () => judgeScope(check, member)))) return undefined;
  const match = await runner.run('match', () => matchMember(check, member));
  return match && runner.run('plan', () => planMatch(check, member, match));
}

async function refuseUnlessFree({ prisma }: SyncDependencies, connection: SavedConnection): Promise<void> {
  if (!connection.syncEnabled) throw new AppError('sync.disabled');
  const active = await findActiveRun(prisma, connection.corpRowId);
  if (active !== null) throw new AppError('sync.already_running', { runId: active.id });
}

/** WeCom's answer about a member; `gone`: one who is present here has left by its own word. */
type MemberAnswer = { kind: 'member'; member: ReadMember } | { kind: 'gone'; current: CurrentMember };

async function readMember(check: Check): Promise<[MemberAnswer | undefined, StepOutcome]> {
  const { client, request, texts } = check;
  try {
    const answer = await client.getMember(request.userId);
    if (answer.status === statusLeft && toMemberKey(answer.userid) === toMemberKey(request.userId)) {
      const current = await findCurrent(check, answer.userid);
      if (current?.presence === 'present')
        return [{ kind: 'gone', current }, warned(texts.answeredAsLeft(answer.userid))];
    }
    const member = mapMember(answer, null);
    const name = member.fields.name ?? member.userId;
    return [{ kind: 'member', member }, passed(texts.read(name, member.userId))];
  } catch (error) {
    if (!(error instanceof WecomApiError && isNotFound(error))) throw error;
    const { errcode } = error;
    const current = await findCurrent(check, request.userId);
    const gone = texts.gone(request.userId, errcode);
    if (current?.presence === 'present')
      return [
        { kind: 'gone', current },
        { status: 'warning', errcode, detail: gone },
      ];
    if (current === null) return [undefined, { status: 'failed', errcode, detail: gone }];
    const detail = texts.hasLeft(nameOfMember(current), errcode);
    return [undefined, { status: 'failed', errcode, detail, left: await readLeaving(check, current) }];
  }
}

/** When a member left, and the run that found them gone. */
async function readLeaving(
  { dependencies, connection }: Check,
  { key }: CurrentMember,
): Promise<StepOutcome['left']> {
  const { leftAt, leftRunId } = await dependencies.prisma.member.findUniqueOrThrow({
    where: { corpRowId_userKey: { corpRowId: connection.corpRowId, userKey: key } },
    select: { leftAt: true, leftRunId: true },
  });
  return { leftAt: leftAt?.toISOString() ?? null, leftRunId };
}

/** Whether the lists of the member's departments are silent about them, too. */
async function judgeAbsence(check: Check, current: CurrentMember): Promise<[boolean, StepOutcome]> {
  const { client, connection, texts, dependencies } = check;
  const ids = current.memberships.map(({ departmentId }) => departmentId);
  if (ids.length === 0) return [true, passed(texts.placedNowhere)];
  const names = await readPresentDepartmentNames(dependencies.prisma, connection.corpRowId, ids);
  const namedIn: number[] = [];
  for (const id of ids) {
    const listed = await client.listMembers(id);
    if (listed.some(({ userid }) => toMemberKey(userid) === current.key)) namedIn.push(id);
  }
  if (namedIn.length === 0) return [true, passed(texts.listedNowhere(listDepartments(check, ids, names)))];
  const detail = texts.stillListed(listDepartments(check, namedIn, names));
  return [false, { status: 'failed', detail }];
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

async function planAbsence(
  { dependencies, connection, texts }: Check,
  current: CurrentMember,
): Promise<[OneMemberPlan, StepOutcome]> {
  const { prisma, secretBox, now } = dependencies;
  const { corpRowId, corp } = connection;
  const limits = readGuardLimits(connection);
  const since = new Date(now().getTime() - limits.windowHours * 3_600_000);
  const plan = planLeaving(current, {
    departments: await readCurrentDepartments(prisma, corpRowId),
    limits,
    recentRemovals: await countRecentRemovals(prisma, corpRowId, since),
    digest: createDirectoryDigest(secretBox),
    baseRevision: String(corp.revision),
    presentMembers: await prisma.member.count({ where: { corpRowId, presence: 'present' } }),
  });
  const detail = texts.changes(plan.changes.length);
  return [plan, plan.heldReasons.length > 0 ? warned(detail, texts.held) : passed(detail)];
}

async function apply(check: Check, plan: OneMemberPlan): Promise<[string | null, StepOutcome]> {
  const { dependencies, request, connection, texts } = check;
  if (!request.apply) return [null, { status: 'skipped', detail: texts.notAsked }];
  if (plan.changes.length === 0) return [null, { status: 'skipped', detail: texts.nothingToApply }];
  const runId = await applyMemberPlan(dependencies, { connection, plan, ...request });
  return [
    runId,
    plan.heldReasons.length > 0 ? warned(texts.held) : passed(texts.applied(plan.changes.length)),
  ];
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
const presentPlannedChange = ({ change, held }: PlannedChange): SyncChange => ({
  entity: change.entity,
  key: change.key,
  name: change.name,
  kind: change.kind,
  before: maskValues(change.before).masked,
  after: maskValues(change.after).masked,
  held,
});
