import {
  isWecomError,
  type WecomAgent,
  type WecomClient,
  type WecomDepartment,
  type WecomMember,
} from '@orgmirror/wecom';
import { describeFailure } from '../connection/present-failure.ts';
import type { CheckedConnection, CheckOutcome } from './checked-connection.ts';

type CheckId = CheckedConnection['checks'][number]['id'];

/**
 * Fields that WeCom gives or keeps back, depending on the app; those of apps made after 2022-06-20 lack most.
 */
const reportedFields = [
  'name',
  'position',
  'telephone',
  'alias',
  'extattr',
  'direct_leader',
  'gender',
  'avatar',
  'mobile',
  'email',
  'biz_mail',
  'address',
  'qr_code',
] as const satisfies readonly (keyof WecomMember)[];

/**
 * Tries a connection step by step: the secret, the app, the departments, one department's members. A token
 * alone proves little: WeCom checks the trusted IP at later calls. A step after a failed one is skipped.
 */
export async function testConnection(client: WecomClient, agentId: number): Promise<CheckedConnection> {
  const checks: CheckedConnection['checks'] = [];
  let failed = false;
  const step = async <T>(id: CheckId, run: () => Promise<[T, CheckOutcome]>): Promise<T | undefined> => {
    if (failed) {
      checks.push({ id, status: 'skipped', text: 'skipped' });
      return undefined;
    }
    try {
      const [value, outcome] = await run();
      failed = outcome.status === 'failed';
      checks.push({ id, ...outcome });
      return value;
    } catch (error) {
      if (!isWecomError(error)) throw error;
      failed = true;
      checks.push({ id, ...describeFailure(error) });
      return undefined;
    }
  };

  await step('credentials', async () => [await client.getToken(), { status: 'passed', text: 'credentials' }]);
  const agent = await step('agent', async () => {
    const answer = await client.getAgent(agentId);
    return [answer, judgeAgent(answer)];
  });
  const departments = await step('departments', async () => {
    const answer = await client.listDepartments();
    return [answer, judgeDepartments(answer)];
  });
  const members = await step('members', async () => {
    const answer = await readSampleMembers(client, agent, departments ?? []);
    return [answer, judgeMembers(answer)];
  });
  return {
    ok: !failed,
    checks,
    ...(agent && {
      agent: { name: agent.name ?? '', visibleDepartmentIds: [...agent.allow_partys.partyid] },
    }),
    ...(members && members.length > 0 && { fields: reportFields(members) }),
  };
}

function judgeAgent(agent: WecomAgent): CheckOutcome {
  if (agent.close === 1) return { status: 'failed', text: 'agentDisabled', remedy: 'enableAgent' };
  const { allow_partys, allow_userinfos, allow_tags } = agent;
  const isEmpty = allow_partys.partyid.length + allow_userinfos.user.length + allow_tags.tagid.length === 0;
  if (isEmpty) return { status: 'warning', text: 'emptyScope', remedy: 'widenScope' };
  return { status: 'passed', text: 'agent', value: agent.name ?? '' };
}

function judgeDepartments({ length: count }: readonly WecomDepartment[]): CheckOutcome {
  if (count === 0) return { status: 'warning', text: 'noDepartments', remedy: 'widenScope' };
  if (count === 1) return { status: 'passed', text: 'oneDepartment' };
  return { status: 'passed', text: 'departments', value: count };
}

function judgeMembers({ length: count }: readonly WecomMember[]): CheckOutcome {
  if (count === 0) return { status: 'warning', text: 'noMembers', remedy: 'widenScope' };
  return { status: 'passed', text: 'members', value: count };
}

/** Members of the first departments that have some, else the first member who is visible on their own. */
async function readSampleMembers(
  client: WecomClient,
  agent: WecomAgent | undefined,
  departments: readonly WecomDepartment[],
): Promise<WecomMember[]> {
  const maxDepartmentsTried = 5;
  for (const { id } of departments.slice(0, maxDepartmentsTried)) {
    const members = await client.listMembers(id);
    if (members.length > 0) return members;
  }
  const single = agent?.allow_userinfos.user[0];
  return single ? [await client.getMember(single.userid)] : [];
}

function reportFields(members: readonly WecomMember[]): NonNullable<CheckedConnection['fields']> {
  const isReturned = (field: (typeof reportedFields)[number]) =>
    members.some((member) => {
      const value = member[field];
      return value !== undefined && value !== '' && !(field === 'gender' && value === '0');
    });
  return {
    returned: reportedFields.filter(isReturned),
    notReturned: reportedFields.filter((field) => !isReturned(field)),
  };
}
