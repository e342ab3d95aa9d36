import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import * as engineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { splitStatements } from '../apps/api/src/platform/database/split-statements.ts';

export const prismaFolder = fileURLToPath(new URL('./', import.meta.url));

/**
 * Prisma's schema engine as WebAssembly on a database reached by `connectionString`. The usual engine is a
 * native binary that Prisma downloads at install, which many enterprise networks refuse. The package's own
 * entry imports its .wasm file as a module, which Node only does with a warning: loaded by hand here.
 */
export async function openSchemaEngine(
  connectionString: string,
): Promise<{ engine: engineGlue.SchemaEngine; dispose(): Promise<void> }> {
  engineLoaded ??= loadEngine();
  await engineLoaded;
  const pool = new pg.Pool({ connectionString, max: 1, Client: CatalogueClient });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter(pool));
  const engine = await engineGlue.SchemaEngine.new(
    { datamodels: await readSchema() },
    () => undefined, // the engine's own log lines
    adapter,
  );
  return {
    engine,
    dispose: async () => {
      engine.free();
      await pool.end();
    },
  };
}

/** Once a process: the glue keeps views of the one module's memory. */
let engineLoaded: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const { instance } = await webAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': engineGlue,
  });
  engineGlue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * What is used of the global, whose types come only with the browser's library; wasm-bindgen's modules have
 * that start.
 */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Record<string, object>,
    ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
  };
};

/** Postgres' internal one-byte type, used in its catalogue, and an array of it. */
const charTypeId = 18;
const charArrayTypeId = 1002;

/**
 * Presents the catalogue's "char" columns as arrays of it: the adapter refuses results with a bare "char".
 */
class CatalogueClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: passes the call on as it is; pg has eight overloads
  override query(...args: any[]): any {
    const callback = args.at(-1); // pools call back, transactions await
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: unknown, result?: pg.QueryResult) =>
        callback(error, presentCharAsArray(result));
    }
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const answer = (super.query as any)(...args);
    return answer instanceof Promise ? answer.then(presentCharAsArray) : answer;
  }
}

function presentCharAsArray(result?: pg.QueryResult): pg.QueryResult | undefined {
  for (const field of result?.fields ?? []) {
    if (field.dataTypeID === charTypeId) field.dataTypeID = charArrayTypeId;
  }
  return result;
}

/** Hands those columns to the engine as what they are: it reads the kind of a constraint as a character. */
class CatalogueAdapter extends PrismaPg {
  override async connect() {
    return readCharacters(await super.connect());
  }
  override async connectToShadowDb() {
    return readCharacters(await super.connectToShadowDb());
  }
}

function readCharacters<A extends SqlDriverAdapter>(adapter: A): A {
  // The adapter's own splits at every semicolon, also at those inside a function's body.
  adapter.executeScript = async (script) => {
    for (const sql of splitStatements(script)) await adapter.executeRaw({ sql, args: [], argTypes: [] });
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}

/** The migrations folder in the shape that the engine takes. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(prismaFolder, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

async function readSchema(): Promise<[string, string][]> {
  const path = join(prismaFolder, 'schema.prisma');
  return [[path, await readFile(path, 'utf8')]];
}
