import { createSecretKey } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSessionService, type SessionService } from '../../src/identity/sessions/session-service.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import type { User } from '../../src/platform/database/generated/client.ts';
import { connectionStringOf } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('a session', () => {
  let server: TestServer;
  let database: Database;
  let sessions: SessionService;
  let admin: User;
  let nowMs = Date.now();
  const wait = (ms: number) => {
    nowMs += ms;
  };

  beforeAll(async () => {
    server = await startTestServer();
    const databaseUrl = connectionStringOf(server.database);
    database = await openDatabase({ databaseUrl, dataFolder: '' }, pino({ level: 'silent' }));
    const { prisma } = database;
    sessions = createSessionService({
      prisma,
      signingKey: createSecretKey(Buffer.alloc(32, 1)),
      verificationKeys: [createSecretKey(Buffer.alloc(32, 1))],
      now: () => new Date(nowMs),
    });
    admin = await prisma.user.findFirstOrThrow();
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const start = async () => {
    const { token } = await sessions.start(
      database.prisma,
      { userId: admin.id },
      { ip: null, userAgent: 'x'.repeat(10_000) },
    );
    return token;
  };

  it('ends twelve hours after it was last used', async () => {
    const token = await start();
    wait(12 * hourMs - 1);
    expect(await sessions.find(token)).toMatchObject({ user: { displayName: 'admin' } });
    wait(12 * hourMs - 1);
    expect(await sessions.find(token)).toBeDefined();
    wait(12 * hourMs);
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('ends seven days after sign-in however much it is used', async () => {
    const token = await start();
    for (let hour = 6; hour < 7 * 24; hour += 6) {
      wait(6 * hourMs);
      expect(await sessions.find(token)).toBeDefined();
    }
    wait(6 * hourMs - 1);
    expect(await sessions.find(token)).toBeDefined();
    wait(1);
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('writes down its use at most once a minute', async () => {
    const token = await start();
    const startedAt = nowMs;
    const lastSeenAt = async () => {
      const found = await sessions.find(token);
      const row = await database.prisma.session.findUniqueOrThrow({ where: { id: found?.sessionId ?? '' } });
      return row.lastSeenAt.getTime();
    };
    wait(minuteMs - 1);
    expect(await lastSeenAt()).toBe(startedAt);
    wait(1);
    expect(await lastSeenAt()).toBe(startedAt + minuteMs);
  });

  it('ends with its row, and every session of an account with the account', async () => {
    const [first, second] = [await start(), await start()];
    await sessions.end(database.prisma, (await sessions.find(first))?.sessionId ?? '');
    expect([await sessions.find(first), await sessions.find(second)]).toEqual([undefined, expect.anything()]);
    await database.prisma.user.delete({ where: { id: admin.id } });
    expect(await sessions.find(second)).toBeUndefined();
  });
});
