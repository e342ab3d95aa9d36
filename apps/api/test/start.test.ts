import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from './support/find-free-port.ts';
import { type Program, startProgram } from './support/start-program.ts';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

describe('starting the server', () => {
  let folder: string;
  let database: TestDatabase;
  const running: Program[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orgmirror-start-'));
    database = await createTestDatabase({ empty: true });
  });
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.kill('SIGKILL');
      await program.exited;
    }
  });
  afterAll(async () => {
    await database.remove();
    await rm(folder, { recursive: true });
  });

  const start = (env: Record<string, string>): Program => {
    const program = startProgram({ LOG_LEVEL: 'warn', ...database.env, ...env });
    running.push(program);
    return program;
  };

  /** Expects exit code 1 and one line on standard error, no stack. */
  async function refusalOf(env: Record<string, string>): Promise<string> {
    const program = start(env);
    expect(await program.exited).toBe(1);
    const lines = program.output.stderr.split('\n').filter(Boolean);
    expect(lines).toHaveLength(1);
    return lines[0] ?? '';
  }

  it('says where it is, serves, and stops on SIGTERM', async () => {
    const port = await findFreePort();
    const program = start({ PORT: String(port) });
    await program.saying('is ready at');
    expect(program.output.stdout).toContain(`OrgMirror is ready at http://127.0.0.1:${port}`);
    expect(program.output.stdout).toMatch(/^初始化码 Setup code for the first admin: \w{4}-\w{4}-\w{4}$/m);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });

  it('names every bad key of the environment', async () => {
    const line = await refusalOf({ PORT: 'x', ROLE: 'y', PUBLIC_URL: 'z' });
    for (const key of ['PORT', 'ROLE', 'PUBLIC_URL']) expect(line).toContain(key);
  });

  it('says that its port is in use', async () => {
    const other = createServer();
    const port = await findFreePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      expect(await refusalOf({ PORT: String(port) })).toBe(
        `端口 ${port} 已被占用。请停止占用它的程序，或把 PORT 设为其他端口。 | Port ${port} is in use. Stop what uses it, or set PORT to another.`,
      );
    } finally {
      other.close();
    }
  });

  it('says that it cannot listen on an address of another machine', async () => {
    expect(await refusalOf({ PORT: '0', HOST: '192.0.2.1' })).toMatch(
      /^无法监听 .* \| Cannot listen on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\)/,
    );
  });

  it('says that the data folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const line = await refusalOf({
      DATABASE_URL: '',
      APP_SECRET: '',
      DATA_DIR: join(folder, 'file', 'below'),
    });
    expect(line).toMatch(/^数据目录 .* \| The data folder .* cannot be written/);
  });

  it('says so as well when only the embedded database lies there', async () => {
    await writeFile(join(folder, 'file'), '');
    const line = await refusalOf({ DATABASE_URL: '', DATA_DIR: join(folder, 'file', 'below') });
    expect(line).toContain(join(folder, 'file', 'below'));
  });

  it('says that the database is not there, without its password', async () => {
    const port = await findFreePort();
    const line = await refusalOf({ DATABASE_URL: `postgresql://user:pass-word@127.0.0.1:${port}/mirror` });
    expect(line).toMatch(
      /^无法连接数据库 mirror .* \| The database mirror at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED.*Check DATABASE_URL\.$/,
    );
    expect(line).not.toContain('pass-word');
  });

  it('says that another server uses the data folder', async () => {
    const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'shared'), PORT: '0' };
    const first = start(env);
    await first.saying('is ready at');
    expect(await refusalOf(env)).toBe(
      `另一个服务正在使用数据目录 ${env.DATA_DIR}。请停止它，或把 DATA_DIR 设为其他目录。 | Another server uses the data folder ${env.DATA_DIR}. Stop it, or set DATA_DIR to another.`,
    );
    expect(first.output.stderr).toBe('');
  });

  it('makes one new data folder with one of three that start at once', async () => {
    const env = { DATABASE_URL: '', APP_SECRET: '', DATA_DIR: join(folder, 'raced'), PORT: '0' };
    const programs = [start(env), start(env), start(env)];
    const ended = (program: Program) => program.exited.then((code) => ({ program, code }));
    const refused = [await Promise.race(programs.map(ended))];
    const rest = programs.filter((program) => program !== refused[0]?.program);
    refused.push(await Promise.race(rest.map(ended)));
    for (const { program, code } of refused) {
      expect(code).toBe(1);
      expect(program.output.stderr).toMatch(/ \| Another server uses the data folder [^\n]*\n$/);
    }
    const winner = programs.find((program) => refused.every((other) => other.program !== program));
    await winner?.saying('is ready at');
    winner?.kill('SIGTERM');
    expect(await winner?.exited).toBe(0);
    const again = start(env);
    await again.saying('is ready at');
    expect(again.output.stdout).toContain('The database is up to date.');
  });

  it('begins a new data folder again when it was killed while making it', async () => {
    const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'begun'), PORT: '0' };
    for (const afterMs of [400, 900, 1_400]) {
      const program = start(env);
      await program.saying('Database:');
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      program.kill('SIGKILL');
      await program.exited;
    }
    const last = start(env);
    await last.saying('is ready at');
    expect(last.output.stderr).toBe('');
  });

  it('works in a data folder whose path is too long for a socket', async () => {
    const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'x'.repeat(100)), PORT: '0' };
    const program = start(env);
    await program.saying('is ready at');
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });

  it('says so when the temporary folder is too deep as well', async () => {
    const TMPDIR = join(folder, 'deep', 'y'.repeat(100));
    await mkdir(TMPDIR, { recursive: true });
    const line = await refusalOf({ DATABASE_URL: '', DATA_DIR: join(folder, 'z'.repeat(100)), TMPDIR });
    expect(line).toMatch(/ \| The paths of the data folder .* are both too long\. Set DATA_DIR/);
  });

  it('starts again after it was killed', async () => {
    const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'killed'), PORT: '0' };
    const first = start(env);
    await first.saying('is ready at');
    first.kill('SIGKILL');
    await first.exited;
    const second = start(env);
    await second.saying('is ready at');
    expect(second.output.stdout).toContain('The database is up to date.');
  });
});
