import { ensureInitialDatabase } from '../apps/api/scripts/ensure-initial-database.ts';
import { ensureWebBuilt } from '../apps/web/scripts/ensure-built.ts';
import { ensurePrismaClient } from '../prisma/generate.ts';

// What `npm run build` runs, and `npm start` before it starts: generates the database client, makes what an embedded
// database begins with and builds the console, unless they fit the sources. A built tree needs no build tool, so
// `npm ci --omit=dev` is enough to start it.

try {
  await ensurePrismaClient();
  await ensureInitialDatabase();
  const { built } = await ensureWebBuilt((line) => process.stdout.write(`${line}\n`));
  process.stdout.write(built ? 'The console is built.\n' : 'The console is up to date.\n');
} catch (error) {
  if (!isToolMissing(error)) throw error;
  process.stderr.write(
    '尚未构建，且未安装构建工具。请先运行 npm ci && npm run build。 | Not built yet, and the build tools are not installed. Run npm ci && npm run build first.\n',
  );
  process.exitCode = 1;
}

/** As it is after `npm ci --omit=dev`. */
function isToolMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}
