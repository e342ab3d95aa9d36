import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { fillEveryTable, type InstantField, listInstantFields } from '../support/instant-columns.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { takeAuditTriggersOff } from '../support/tamper-with-audit.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

/** In winter and in summer: most zones west and east of UTC have an offset for each. */
const instants = ['2026-01-15T00:30:00.000Z', '2026-07-15T23:45:06.789Z'];

interface Delegate {
  findFirst(query: { where?: object; select: object }): Promise<Record<string, Date | null> | null>;
  updateMany(query: { data: object }): Promise<{ count: number }>;
  count(query: { where: object }): Promise<number>;
}

describe.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'UTC'])(
  'in a database at %s',
  (zone) => {
    let files: TestDatabase;
    let database: Database;
    let sql: Sql;
    let fields: InstantField[];
    beforeAll(async () => {
      files = await createTestDatabase({ timeZone: zone });
      database = await openDatabase(
        { databaseUrl: files.env.DATABASE_URL, dataFolder: '' },
        pino({ level: 'silent' }),
      );
      sql = openSql(files);
      await takeAuditTriggersOff(sql);
      await fillEveryTable(sql);
      fields = listInstantFields(database.prisma);
    });
    afterAll(async () => {
      await database.close();
      await files.remove();
    });

    const delegateOf = ({ model }: InstantField): Delegate => {
      const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
      return (database.prisma as unknown as Record<string, Delegate>)[name] as Delegate;
    };

    it('has its sessions there', async () => {
      expect(await sql('SHOW timezone')).toEqual([{ TimeZone: zone }]);
    });

    it('holds every instant in a column that knows its zone', async () => {
      const columns = await sql<{ table: string; column: string; type: string }>(`
      SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type LIKE 'timestamp%' AND table_name <> '_prisma_migrations'`);
      expect(columns.filter(({ type }) => type !== 'timestamp with time zone')).toEqual([]);
      const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;
      expect(fields.map(nameOf).toSorted()).toEqual(columns.map(nameOf).toSorted());
    });

    it.each(instants)('writes, finds and reads %s as the real one in every column', async (text) => {
      const wrong: string[] = [];
      for (const field of fields) {
        const delegate = delegateOf(field);
        const name = `${field.table}.${field.column}`;
        expect((await delegate.updateMany({ data: { [field.field]: new Date(text) } })).count, name).toBe(1);
        const [stored] = await sql<{ ok: boolean }>(
          `SELECT "${field.column}" = '${text}'::timestamptz AS ok FROM "${field.table}"`,
        );
        const found = await delegate.count({ where: { [field.field]: new Date(text) } });
        const row = await delegate.findFirst({ select: { [field.field]: true } });
        if (!stored?.ok) wrong.push(`${name} written`);
        if (found !== 1) wrong.push(`${name} not found`);
        if (row?.[field.field]?.toISOString() !== text) wrong.push(`${name} read`);
      }
      expect(wrong).toEqual([]);
    });

    it.each(instants)('takes %s as the real one in raw statements and transactions', async (text) => {
      const at = new Date(text);
      const epoch = at.getTime() / 1000;
      const { prisma } = database;
      expect(
        await prisma.$queryRaw`SELECT ${at}::timestamptz AS at, extract(epoch FROM ${at}::timestamptz)::float8 AS epoch,
        to_timestamp(${epoch}) AS back`,
      ).toEqual([{ at, epoch, back: at }]);
      await prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`UPDATE corp SET created_at = ${at}`;
        expect(await transaction.corp.findFirst({ where: { createdAt: { lte: at } } })).toMatchObject({
          createdAt: at,
        });
      });
      await prisma.auditEntry.createMany({ data: [{ id: crypto.randomUUID(), action: 'x', result: 'x' }] });
      const [written] = await prisma.$queryRaw<{ ageMs: number }[]>`
      SELECT extract(epoch FROM now() - max(at))::float8 * 1000 AS "ageMs" FROM audit_entry WHERE action = 'x' AND result = 'x' AND at > now() - interval '1 hour'`;
      expect(Math.abs(written?.ageMs ?? Number.NaN)).toBeLessThan(60_000);
    });
  },
);
