import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFreePort } from '../support/find-free-port.ts';
import { openStartStage } from '../support/start-stage.ts';

describe('starting the server', () => {
  const { folder, start, refusalOf } = openStartStage();

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

  const withoutOpenTelemetry = `--import=${new URL('../support/without-opentelemetry.ts', import.meta.url).href}`;

  it('loads nothing of OpenTelemetry without a collector', async () => {
    const program = start({ PORT: '0', NODE_OPTIONS: withoutOpenTelemetry });
    await program.saying('is ready at');
    expect(program.output.stdout).toContain('is ready at');
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  });

  it('says that the packages of OpenTelemetry are missing that a collector needs', async () => {
    const line = await refusalOf({
      NODE_OPTIONS: withoutOpenTelemetry,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    });
    expect(line).toMatch(/^已设置 OTEL_EXPORTER_OTLP_ENDPOINT.* \| .*not installed\. Run npm ci again/);
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
    await writeFile(join(folder(), 'file'), '');
    const line = await refusalOf({
      DATABASE_URL: '',
      APP_SECRET: '',
      DATA_DIR: join(folder(), 'file', 'below'),
    });
    expect(line).toMatch(/^数据目录 .* \| The data folder .* cannot be written/);
  });

  it.each(['', 'a-secret-of-at-least-32-characters'])(
    'says that it cannot be made below a folder that takes none (APP_SECRET=%s)',
    async (APP_SECRET) => {
      const line = await refusalOf({ DATABASE_URL: '', APP_SECRET, DATA_DIR: '/proc/orgmirror' });
      expect(line).toContain('/proc/orgmirror');
    },
  );

  it('says so as well when only the embedded database lies there', async () => {
    await writeFile(join(folder(), 'file'), '');
    const line = await refusalOf({ DATABASE_URL: '', DATA_DIR: join(folder(), 'file', 'below') });
    expect(line).toContain(`The data folder ${join(folder(), 'file', 'below')} cannot be written (ENOTDIR)`);
  });

  it('says that the database is not there, without its password', async () => {
    const port = await findFreePort();
    const line = await refusalOf({ DATABASE_URL: `postgresql://user:pass-word@127.0.0.1:${port}/mirror` });
    expect(line).toMatch(
      /^无法连接数据库 mirror .* \| The database mirror at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED.*Check DATABASE_URL\.$/,
    );
    expect(line).not.toContain('pass-word');
  });
});
