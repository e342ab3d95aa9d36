import { endpoints } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setMemberAccess } from '../../src/directory/members/set-member-access.ts';
import { setMembersAccess } from '../../src/directory/members/set-members-access.ts';
import { openPrisma } from '../support/open-prisma.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['Bob', 1],
    ['cai', 1],
    ['dan', 1],
  ],
);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

const set = (wecomUserId: string, body: { role?: 'admin' | 'auditor' | 'member'; disabled?: boolean }) =>
  server.api.call(endpoints.setMemberAccess, { params: { wecomUserId }, body });
const read = (wecomUserId: string) => server.api.call(endpoints.getMember, { params: { wecomUserId } });

describe('a member’s access', () => {
  it('is a role and a bar, each set by itself, in upper or lower case, and audited', async () => {
    expect(await read('Bob')).toMatchObject({ role: 'member', disabledBy: null });
    expect(await set('bOB', { role: 'auditor' })).toMatchObject({
      wecomUserId: 'Bob',
      role: 'auditor',
      disabledBy: null,
      departments: [{ id: 1 }],
    });
    expect(await set('bob', { disabled: true })).toMatchObject({ role: 'auditor', disabledBy: 'admin' });
    expect(await set('bob', { role: 'member', disabled: false })).toMatchObject({
      role: 'member',
      disabledBy: null,
    });
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'member.access' },
    });
    expect(items).toMatchObject([
      {
        actor: 'admin',
        target: 'Bob',
        before: { role: 'auditor', disabledBy: 'admin' },
        after: { role: 'member', disabledBy: null },
      },
      { before: { role: 'auditor', disabledBy: null }, after: { role: 'auditor', disabledBy: 'admin' } },
      { before: { role: 'member', disabledBy: null }, after: { role: 'auditor', disabledBy: null } },
    ]);
  });

  it('of nobody is not found, and nothing or nonsense is refused by name of the field', async () => {
    const refuse = async (wecomUserId: string, body: unknown) =>
      (await server.api.request('PUT', `/members/${wecomUserId}/access`, { body })).body;
    expect(await refuse('nobody', { disabled: true })).toMatchObject({ code: 'resource.not_found' });
    expect(await refuse('ann', {})).toMatchObject({ code: 'request.invalid' });
    expect(await refuse('ann', { role: 'owner' })).toMatchObject({
      code: 'request.invalid',
      errors: [{ path: 'role' }],
    });
  });
});

describe('the access of several members', () => {
  const setAll = async (userIds: string[], body: { role?: 'admin' | 'auditor'; disabled?: boolean }) =>
    (await server.api.call(endpoints.setMembersAccess, { body: { userIds, ...body } })).results;

  it('is set one by one: who is unknown is refused, who is so already stays, each is in the audit log', async () => {
    await set('ann', { disabled: true });
    expect(await setAll(['ANN', 'Bob', 'nobody', 'bob', 'cai'], { disabled: true })).toEqual([
      { wecomUserId: 'ANN', outcome: 'unchanged' },
      { wecomUserId: 'bob', outcome: 'changed' },
      { wecomUserId: 'nobody', outcome: 'refused', code: 'resource.not_found' },
      { wecomUserId: 'cai', outcome: 'changed' },
    ]);
    for (const userId of ['ann', 'Bob', 'cai'])
      expect(await read(userId)).toMatchObject({ disabledBy: 'admin' });
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'member.access', limit: 2 },
    });
    expect(items).toMatchObject([
      { target: 'cai', before: { disabledBy: null }, after: { disabledBy: 'admin' } },
      { target: 'Bob', before: { disabledBy: null }, after: { disabledBy: 'admin' } },
    ]);
    expect(await setAll(['ann', 'bob', 'cai'], { disabled: false })).toMatchObject(
      Array(3).fill({ outcome: 'changed' }),
    );
  });

  it('is of 200 at most, and says what is to be set', async () => {
    const refuse = async (body: unknown) =>
      (await server.api.request('POST', '/members/access', { body })).body;
    const many = Array.from({ length: 201 }, (_, index) => `m${index}`);
    expect(await refuse({ userIds: many, disabled: true })).toMatchObject({ errors: [{ path: 'userIds' }] });
    expect(await setAll(many.slice(1), { disabled: true })).toHaveLength(200);
    expect(await refuse({ userIds: ['ann'] })).toMatchObject({ code: 'request.invalid' });
  });
});

describe('a bar by an admin', () => {
  const sync = async () => expect((await server.sync()).status).toBe('succeeded');

  it('stays through syncs and changes in WeCom; lifting it leaves WeCom’s own', async () => {
    await set('ann', { disabled: true });
    updateMember(corp, 'ann', { name: '安妮' });
    await sync();
    expect(await read('ann')).toMatchObject({ name: '安妮', status: 'activated', disabledBy: 'admin' });
    updateMember(corp, 'ann', { status: 2 });
    await sync();
    expect(await read('ann')).toMatchObject({ status: 'disabled', disabledBy: 'admin' });
    expect(await set('ann', { disabled: false })).toMatchObject({ status: 'disabled', disabledBy: 'sync' });
    updateMember(corp, 'ann', { status: 1 });
    await sync();
    expect(await read('ann')).toMatchObject({ status: 'activated', disabledBy: null });
  });

  it('stays when the member leaves and returns', async () => {
    const { id } = await set('cai', { disabled: true });
    removeMember(corp, 'cai');
    await sync();
    expect(await read('cai')).toMatchObject({ presence: 'left', disabledBy: 'admin' });
    hire(corp, 'cai', 1);
    await sync();
    expect(await read('cai')).toMatchObject({ id, presence: 'present', disabledBy: 'admin' });
  });

  it('is not lifted by a plan that was made before it', async () => {
    updateMember(corp, 'dan', { status: 2 });
    await sync();
    expect(await read('dan')).toMatchObject({ disabledBy: 'sync' });
    updateMember(corp, 'dan', { status: 1 });
    const preview = await server.sync('preview');
    await set('dan', { disabled: true });
    await server.api.call(endpoints.approveSyncRun, {
      params: { id: preview.id },
      body: { planFingerprint: preview.planFingerprint! },
    });
    expect((await server.waitForRun(preview.id)).status).toBe('succeeded');
    expect(await read('dan')).toMatchObject({ status: 'activated', disabledBy: 'admin' });
  });
});

describe('the last admin', () => {
  it('keeps the role while nobody else has it, and two cannot take it from each other at once', async () => {
    await set('Bob', { role: 'admin' });
    // With a local admin beside, a member may lose the role.
    expect((await set('Bob', { role: 'auditor' })).role).toBe('auditor');
    await set('Bob', { role: 'admin' });

    // Local admins are gone: what only a later version can come to, where members sign in.
    const sql = openSql(server.database);
    await sql(`UPDATE user_account SET role = 'auditor'`);
    const prisma = openPrisma(server.database);
    try {
      const [{ id: corpRowId }] = (await sql<{ id: number }>('SELECT id FROM corp')) as [{ id: number }];
      const change = (userKey: string, access: Parameters<typeof setMemberAccess>[2]) =>
        setMemberAccess(prisma, { corpRowId, userKey }, access, () => Promise.resolve());
      const refused = { code: 'access.last_admin' };
      await expect(change('bob', { role: 'member' })).rejects.toMatchObject(refused);
      await expect(change('bob', { disabled: true })).rejects.toMatchObject(refused);
      // A disabled admin does not count.
      await change('cai', { role: 'admin', disabled: true });
      await expect(change('bob', { role: 'auditor' })).rejects.toMatchObject(refused);
      expect((await read('Bob')).role).toBe('admin');

      // Of several, all but the last one are changed.
      const several = await setMembersAccess(prisma, corpRowId, ['dan', 'bob'], { disabled: true }, () =>
        Promise.resolve(),
      );
      expect(several).toEqual([
        { wecomUserId: 'dan', outcome: 'unchanged' },
        { wecomUserId: 'bob', outcome: 'refused', code: 'access.last_admin' },
      ]);

      await change('ann', { role: 'admin' });
      const results = await Promise.allSettled([
        change('bob', { role: 'member' }),
        change('ann', { role: 'member' }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    } finally {
      await prisma.$disconnect();
    }
  });
});
