import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../support/postgres-setup.ts'; // declares what `inject` gives
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const role = 'plain_account';
const secret = 'a secret of more than thirty-two characters';
const postgres = inject('postgresTemplate');

async function administer(text: string, database = 'postgres'): Promise<void> {
  const url = new URL(postgres);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(text);
  await client.end();
}

const urlOf = (database: string, parameters: Record<string, string> = {}): string => {
  const url = new URL(postgres);
  url.username = role;
  url.pathname = `/${database}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const running: Program[] = [];
/** Expects exit code 1 and one line. */
async function refusalOf(databaseUrl: string): Promise<string> {
  const program = startProgram({
    DATABASE_URL: databaseUrl,
    APP_SECRET: secret,
    PORT: '0',
    LOG_LEVEL: 'warn',
  });
  running.push(program);
  expect(await program.exited).toBe(1);
  const lines = program.output.stderr.split('\n').filter(Boolean);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\p{Script=Han}.* \| [A-Z]/u);
  return lines[0] ?? '';
}

beforeAll(() => administer(`CREATE ROLE ${role} LOGIN`));
afterEach(async () => {
  for (const program of running.splice(0)) {
    program.kill('SIGKILL');
    await program.exited;
  }
});

describe('a database of another encoding', () => {
  it.each(['LATIN1', 'EUC_CN'])('is refused: %s', async (encoding) => {
    const name = `encoded_${encoding.toLowerCase()}`;
    await administer(`CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
    await administer(`ALTER DATABASE ${name} OWNER TO ${role}`);
    expect(await refusalOf(urlOf(name))).toMatch(new RegExp(`encoded in ${encoding}.*ENCODING 'UTF8'`));
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  });
});

describe('an account', () => {
  let database: TestDatabase;
  let name: string;
  let sql: Sql;
  const prepare = async () => {
    database = await createTestDatabase({ empty: true });
    name = new URL(database.env.DATABASE_URL ?? '').pathname.slice(1);
    sql = openSql(database);
  };
  afterEach(async () => {
    await database.remove();
  });

  /** Starts, syncs, and says in which schemas the tables are. */
  async function useWith(databaseUrl: string): Promise<string[]> {
    const server = await startTestServer({
      wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) },
      env: { DATABASE_URL: databaseUrl },
    });
    try {
      await server.configure();
      expect((await server.sync()).status).toBe('succeeded');
    } finally {
      await server.stop();
    }
    const rows = await sql<{ schema: string }>(`SELECT DISTINCT table_schema AS schema
      FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`);
    return rows.map(({ schema }) => schema);
  }

  it('without any right is told which statement gives it', async () => {
    await prepare();
    expect(await refusalOf(urlOf(name))).toContain(`GRANT USAGE, CREATE ON SCHEMA "public" TO "${role}"`);
  });

  it('that may not create the extension or the schema of the queue is told so', async () => {
    await prepare();
    await sql(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    expect(await refusalOf(urlOf(name))).toContain(`database ${name}: CREATE EXTENSION pg_trgm`);
    await sql('CREATE EXTENSION pg_trgm');
    expect(await refusalOf(urlOf(name))).toContain(
      `CREATE SCHEMA IF NOT EXISTS "pgboss" AUTHORIZATION "${role}"`,
    );
  });

  it('works without CREATE on the database once both are prepared, the extension in a schema of its own', async () => {
    await prepare();
    await sql(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    await sql(`CREATE SCHEMA tools`);
    await sql(`GRANT USAGE ON SCHEMA tools TO ${role}`);
    await sql(`CREATE EXTENSION pg_trgm SCHEMA tools`);
    await sql(`CREATE SCHEMA pgboss AUTHORIZATION ${role}`);
    expect(await useWith(urlOf(name))).toEqual(['pgboss', 'public']);
  });

  it('has all its tables where its search path leads, and `?schema=` must agree', async () => {
    await prepare();
    await sql(`CREATE EXTENSION pg_trgm`);
    await sql(`GRANT CREATE ON DATABASE ${name} TO ${role}`);
    await sql(`CREATE SCHEMA mirror AUTHORIZATION ${role}`);
    await sql(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    expect(await refusalOf(urlOf(name, { schema: 'mirror' }))).toContain(
      `ALTER ROLE "${role}" IN DATABASE "${name}" SET search_path = "mirror"`,
    );
    await sql(`ALTER ROLE ${role} IN DATABASE ${name} SET search_path = 'mirror'`);
    expect(await useWith(urlOf(name, { schema: 'mirror' }))).toEqual(['mirror', 'pgboss_mirror']);
    expect(await refusalOf(urlOf(name, { schema: 'public' }))).toContain('SET search_path = "public"');
  });

  it('whose dates come in another style is told how to change it', async () => {
    await prepare();
    await sql(`ALTER ROLE ${role} IN DATABASE ${name} SET DateStyle = 'German'`);
    expect(await refusalOf(urlOf(name))).toContain(`SET DateStyle = 'ISO'`);
  });

  it('whose transactions would not see what others committed is told how to change it', async () => {
    await prepare();
    await sql(`ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`);
    expect(await refusalOf(urlOf(name))).toContain(`SET default_transaction_isolation = 'read committed'`);
  });

  it('works beside the tables of another program', async () => {
    await prepare();
    await sql(`GRANT CREATE ON DATABASE ${name} TO ${role}`);
    await sql(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    await sql('CREATE TABLE theirs (id int)');
    expect(await useWith(urlOf(name))).toEqual(['pgboss', 'public']);
    expect(await sql('SELECT * FROM theirs')).toEqual([]);
  });
});

afterAll(() => administer(`DROP ROLE IF EXISTS ${role}`));
