import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import type {} from '../support/embedded-setup.ts'; // declares what `inject` gives
import type { Program } from '../support/start-program.ts';
import { openStartStage } from '../support/start-stage.ts';
import { copyEmbeddedTemplate } from '../support/template-database.ts';

// Some stories start several times, each a second or more of processor time.
describe('starting the server on its embedded database', { timeout: 180_000 }, () => {
  const { folder, start, refusalOf } = openStartStage();

  it('refuses a data folder that another server uses, and starts again there once that was killed', async () => {
    const env = { DATABASE_URL: '', DATA_DIR: join(folder(), 'shared'), PORT: '0' };
    const first = start(env);
    await first.saying('is ready at');
    expect(await refusalOf(env)).toBe(
      `另一个服务正在使用数据目录 ${env.DATA_DIR}。请停止它，或把 DATA_DIR 设为其他目录。 | Another server uses the data folder ${env.DATA_DIR}. Stop it, or set DATA_DIR to another.`,
    );
    expect(first.output.stderr).toBe('');
    first.kill('SIGKILL');
    await first.exited;
    const second = start(env);
    await second.saying('is ready at');
    expect(second.output.stdout).toContain('The database is up to date.');
  });

  it('makes one new data folder with one of three that start at once', async () => {
    const env = { DATABASE_URL: '', APP_SECRET: '', DATA_DIR: join(folder(), 'raced'), PORT: '0' };
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
    const env = { DATABASE_URL: '', DATA_DIR: join(folder(), 'begun'), PORT: '0' };
    for (const afterMs of [100, 400, 800]) {
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
    const env = { DATABASE_URL: '', DATA_DIR: join(folder(), 'x'.repeat(100)), PORT: '0' };
    copyEmbeddedTemplate(inject('embeddedTemplate'), env.DATA_DIR);
    const program = start(env);
    await program.saying('is ready at');
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });

  it('says so when the temporary folder is too deep as well', async () => {
    const TMPDIR = join(folder(), 'deep', 'y'.repeat(100));
    await mkdir(TMPDIR, { recursive: true });
    const line = await refusalOf({ DATABASE_URL: '', DATA_DIR: join(folder(), 'z'.repeat(100)), TMPDIR });
    expect(line).toMatch(/ \| The paths of the data folder .* are both too long\. Set DATA_DIR/);
  });

  it('keeps what it makes in a data folder that is there to itself, and leaves the folder as it is', async () => {
    const DATA_DIR = join(folder(), 'open-to-others');
    await mkdir(DATA_DIR);
    await writeFile(join(DATA_DIR, 'of-others'), '');
    await chmod(DATA_DIR, 0o755);
    await chmod(join(DATA_DIR, 'of-others'), 0o644);
    const program = start({ DATABASE_URL: '', APP_SECRET: '', DATA_DIR, PORT: '0' });
    await program.saying('is ready at');
    const modes = ['.', 'of-others', 'database', 'socket', 'lock', 'app-secret'].map(
      async (name) => `${name} ${(await readMode(join(DATA_DIR, name))).toString(8)}`,
    );
    expect(await Promise.all(modes)).toEqual([
      ...['. 755', 'of-others 644'],
      ...['database 700', 'socket 700', 'lock 600', 'app-secret 600'],
    ]);
  });

  it.each(['', 'a-secret-of-at-least-32-characters'])(
    'says that the data folder is a file, and leaves it as it is (APP_SECRET=%s)',
    async (APP_SECRET) => {
      const DATA_DIR = join(folder(), 'a-file');
      await writeFile(DATA_DIR, '');
      await chmod(DATA_DIR, 0o644);
      expect(await refusalOf({ DATABASE_URL: '', APP_SECRET, DATA_DIR })).toBe(
        `数据目录 ${DATA_DIR} 无法写入（EEXIST）。请把 DATA_DIR 设为可写的目录。 | The data folder ${DATA_DIR} cannot be written (EEXIST). Set DATA_DIR to one that can.`,
      );
      expect(await readMode(DATA_DIR)).toBe(0o644);
    },
  );

  it('is backed up while it is stopped, and the copy starts with what it held', async () => {
    const DATA_DIR = join(folder(), 'original');
    const env = { DATABASE_URL: '', APP_SECRET: '', DATA_DIR, PORT: '0', LOG_LEVEL: 'silent' };
    copyEmbeddedTemplate(inject('embeddedTemplate'), DATA_DIR);
    const account = { ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: 'a long enough password' };
    const first = start({ ...env, ...account });
    await first.saying('is ready at');
    expect(first.output.stdout).toContain('Created the first admin');
    const target = join(folder(), 'copy');
    expect(await backUp(env, target)).toMatch(/^1: .*Another server uses the data folder/);
    first.kill('SIGKILL'); // also what it had no time to write down properly
    await first.exited;
    expect(await backUp(env)).toMatch(/^1: .*Name a folder/);
    expect(await backUp(env, target)).toMatch(/^0: .*The backup is in/);
    expect(await backUp(env, target)).toMatch(/^1: .*not there yet: /);

    const restored = start({ ...env, ...account, DATA_DIR: target });
    await restored.saying('is ready at');
    expect(restored.output.stdout).not.toContain('Created the first admin');
    expect(await readFile(join(target, 'app-secret'), 'utf8')).toBe(
      await readFile(join(DATA_DIR, 'app-secret'), 'utf8'),
    );
  });
});

const readMode = async (path: string) => (await stat(path)).mode & 0o777;

async function backUp(env: Record<string, string>, ...args: string[]): Promise<string> {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const exitCode = await runCommand(['backup', ...args], { env, print, printError: print });
  return `${exitCode}: ${said.join('\n')}`;
}
