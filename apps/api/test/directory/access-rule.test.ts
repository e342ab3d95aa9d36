import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkConsoleAccess } from '../../src/identity/sessions/check-console-access.ts';
import type { PrismaClient } from '../../src/platform/database/generated/client.ts';
import { revokeSessions } from '../../src/sync/apply/revoke-sessions.ts';
import { openPrisma } from '../support/open-prisma.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const left = 'sign_in.member_left';
const disabled = 'sign_in.member_disabled';
const notActivated = 'sign_in.member_not_activated';

/**
 * By presence, then status, then who disabled the member: nobody, the sync, an admin. Undefined = has access.
 */
const rule = {
  present: [
    { status: null, refusals: [undefined, disabled, disabled] },
    { status: 1, refusals: [undefined, disabled, disabled] },
    { status: 2, refusals: [disabled, disabled, disabled] },
    { status: 4, refusals: [notActivated, disabled, disabled] },
    { status: 5, refusals: [left, left, left] },
    { status: 9, refusals: [notActivated, disabled, disabled] },
  ],
  left: [null, 1, 2, 4, 5, 9].map((status) => ({ status, refusals: [left, left, left] })),
} as const;

const cases = (['present', 'left'] as const).flatMap((presence) =>
  rule[presence].flatMap(({ status, refusals }) =>
    ([null, 'sync', 'admin'] as const).map((disabledBy, index) => ({
      presence,
      status,
      disabledBy,
      refusal: refusals[index],
    })),
  ),
);
const nameOf = ({ presence, status, disabledBy }: (typeof cases)[number]) =>
  `${presence}, status ${status}, disabled by ${disabledBy}`;

describe('the access of a member', () => {
  let server: TestServer;
  let prisma: PrismaClient;
  let stillSignedIn: Set<string>;
  beforeAll(async () => {
    server = await startTestServer();
    prisma = openPrisma(server.database);
    const corp = await prisma.corp.create({ data: { corpId: 'wwaccessrule0000' } });
    for (const { presence, status, disabledBy, ...test } of cases) {
      const userId = nameOf({ presence, status, disabledBy, ...test });
      const identity = { corpRowId: corp.id, userId, userKey: userId, name: userId };
      const session = { expiresAt: new Date(Date.now() + 3_600_000) };
      await prisma.member.create({
        data: {
          ...identity,
          presence,
          status,
          disabledBy,
          searchText: '',
          sortName: '',
          sessions: { create: session },
        },
      });
    }
    await revokeSessions(prisma, corp.id);
    const sessions = await prisma.session.findMany({ select: { member: { select: { userId: true } } } });
    stillSignedIn = new Set(sessions.flatMap(({ member }) => member?.userId ?? []));
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await server.stop();
  });

  it('covers every combination of presence, status and who disabled the member', () => {
    expect(new Set(cases.map(nameOf)).size).toBe(2 * 6 * 3);
  });

  for (const test of cases) {
    const { refusal, ...member } = test;
    it(`${refusal === undefined ? 'is given' : `is refused with ${refusal}`}: ${nameOf(test)}`, () => {
      expect(checkConsoleAccess(member)).toBe(refusal);
      expect(stillSignedIn.has(nameOf(test)), 'keeps the session').toBe(refusal === undefined);
    });
  }
});
