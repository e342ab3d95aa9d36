import type pg from 'pg';
import { StartupError, type StartupText } from '../startup-error.ts';

interface Facts {
  database: string;
  role: string;
  encoding: string;
  dateStyle: string;
  isolation: string;
  /** Where unqualified names go; null when no schema of the search path exists or may be used. */
  schema: string | null;
}

/**
 * Reads what a start depends on and no later statement could mend, and says in words what is in the way.
 * @param wantedSchema `?schema=` of DATABASE_URL
 * @returns the schema that the tables are in
 * @throws StartupError
 */
export async function checkDatabase(pool: pg.Pool, wantedSchema: string | null): Promise<string> {
  const { rows } = await pool.query<Facts>(`
    SELECT current_database()::text AS database, current_user::text AS role,
      pg_encoding_to_char(encoding) AS encoding, current_setting('DateStyle') AS "dateStyle",
      current_setting('default_transaction_isolation') AS isolation,
      current_schema()::text AS schema
    FROM pg_database WHERE datname = current_database()`);
  const [facts] = rows;
  if (facts === undefined) throw new Error('The database does not know itself.');
  const obstacle = findObstacle(facts, wantedSchema);
  if (obstacle !== undefined) throw new StartupError(obstacle);
  return facts.schema ?? '';
}

function findObstacle(
  { database, role, encoding, dateStyle, isolation, schema }: Facts,
  wantedSchema: string | null,
): StartupText | undefined {
  if (encoding !== 'UTF8')
    return {
      zh: `数据库 ${database} 的编码是 ${encoding}，无法保存所有姓名。请新建 UTF8 编码的数据库：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
      en: `The database ${database} is encoded in ${encoding}, which cannot hold every name. Create one in UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    };
  if (!dateStyle.startsWith('ISO'))
    return {
      zh: `数据库的 DateStyle 是 ${dateStyle}，时间无法读取。请执行：ALTER ROLE "${role}" IN DATABASE "${database}" SET DateStyle = 'ISO'`,
      en: `The database’s DateStyle is ${dateStyle}, in which times cannot be read. Run: ALTER ROLE "${role}" IN DATABASE "${database}" SET DateStyle = 'ISO'`,
    };
  // Writers that wait for each other must see what the one before has committed.
  if (isolation !== 'read committed')
    return {
      zh: `数据库的默认隔离级别是 ${isolation}，并发的写入会失败。请执行：ALTER ROLE "${role}" IN DATABASE "${database}" SET default_transaction_isolation = 'read committed'`,
      en: `The database’s default isolation is ${isolation}, in which writes at the same time fail. Run: ALTER ROLE "${role}" IN DATABASE "${database}" SET default_transaction_isolation = 'read committed'`,
    };
  if (wantedSchema !== null && wantedSchema !== schema)
    return {
      zh: `DATABASE_URL 指定了 schema=${wantedSchema}，但该账号的表位于 ${schema ?? '（无）'}。请创建该 schema 并执行：ALTER ROLE "${role}" IN DATABASE "${database}" SET search_path = "${wantedSchema}"`,
      en: `DATABASE_URL names schema=${wantedSchema}, but the tables of this account go to ${schema ?? 'none'}. Create the schema and run: ALTER ROLE "${role}" IN DATABASE "${database}" SET search_path = "${wantedSchema}"`,
    };
  if (schema === null)
    return {
      zh: `账号 ${role} 的 search_path 中没有可用的 schema。请执行：GRANT USAGE, CREATE ON SCHEMA public TO "${role}"`,
      en: `The search_path of the account ${role} has no schema that it may use. Run: GRANT USAGE, CREATE ON SCHEMA public TO "${role}"`,
    };
  return undefined;
}

interface Rights {
  database: string;
  role: string;
  schema: string;
  canCreateTables: boolean;
  canCreateInDatabase: boolean;
  hasExtension: boolean;
  isExtensionAvailable: boolean;
}

/**
 * Whether the account may do what a migration needs: a schema and an extension that were prepared are enough.
 * @throws StartupError that names the statement to run
 */
export async function checkMigrationRights(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Rights>(`
    SELECT current_database()::text AS database, current_user::text AS role, current_schema()::text AS schema,
      has_schema_privilege(current_schema(), 'CREATE') AS "canCreateTables",
      has_database_privilege(current_database(), 'CREATE') AS "canCreateInDatabase",
      EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS "hasExtension",
      EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS "isExtensionAvailable"`);
  const [rights] = rows;
  const obstacle = rights && findMissingRight(rights);
  if (obstacle !== undefined) throw new StartupError(obstacle);
}

function findMissingRight(rights: Rights): StartupText | undefined {
  const { database, role, schema, hasExtension } = rights;
  if (!rights.canCreateTables)
    return {
      zh: `账号 ${role} 无权在 schema ${schema} 中建表。请执行：GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${role}"`,
      en: `The account ${role} may not create tables in the schema ${schema}. Run: GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${role}"`,
    };
  if (!hasExtension && !rights.isExtensionAvailable)
    return {
      zh: `数据库服务器未安装扩展 pg_trgm。请安装 postgresql-contrib。`,
      en: `The database server lacks the extension pg_trgm. Install postgresql-contrib there.`,
    };
  if (!hasExtension && !rights.canCreateInDatabase)
    return {
      zh: `账号 ${role} 无权创建扩展 pg_trgm。请由管理员在数据库 ${database} 中执行：CREATE EXTENSION pg_trgm`,
      en: `The account ${role} may not create the extension pg_trgm. Let an administrator run in the database ${database}: CREATE EXTENSION pg_trgm`,
    };
  return undefined;
}

/**
 * Whether the schema of the job queue is there already; then no right on the database is needed.
 * @throws StartupError that names the statement to run
 */
export async function isQueuePrepared(pool: pg.Pool, queueSchema: string): Promise<boolean> {
  const { rows } = await pool.query<{ role: string; database: string; can: boolean; usable: boolean | null }>(
    `SELECT current_user::text AS role, current_database()::text AS database,
       has_database_privilege(current_database(), 'CREATE') AS can,
       (SELECT has_schema_privilege(oid, 'USAGE, CREATE') FROM pg_namespace WHERE nspname = $1) AS usable`,
    [queueSchema],
  );
  const { role, database, can, usable } = rows[0] ?? { role: '', database: '', can: false, usable: null };
  if (usable === false || (usable === null && !can))
    throw new StartupError({
      zh: `账号 ${role} 无权使用任务队列的 schema。请由管理员在数据库 ${database} 中执行：CREATE SCHEMA IF NOT EXISTS "${queueSchema}" AUTHORIZATION "${role}"`,
      en: `The account ${role} has no right to the schema of the job queue. Let an administrator run in the database ${database}: CREATE SCHEMA IF NOT EXISTS "${queueSchema}" AUTHORIZATION "${role}"`,
    });
  return usable === true;
}
