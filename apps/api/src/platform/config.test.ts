import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { StartupError } from './startup-error.ts';

const appSecret = 'x'.repeat(32);
const databaseUrl = 'postgresql://user:pass-word@db.example/orgmirror';

/** The message of the StartupError that the environment gives. */
function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error('The environment was taken.');
}

describe('the environment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orgmirror-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('needs nothing: everything has a default', () => {
    expect(readConfig({ DATA_DIR: folder })).toMatchObject({
      port: 3000,
      maxConnections: 5_000,
      host: '127.0.0.1',
      healthPort: undefined,
      trustedProxies: ['loopback'],
      publicUrl: undefined,
      databaseUrl: undefined,
      wecom: {
        apiBaseUrl: 'https://qyapi.weixin.qq.com',
        oauthBaseUrl: 'https://open.weixin.qq.com',
        loginBaseUrl: 'https://login.work.weixin.qq.com',
        proxyUrl: undefined,
        maxConcurrency: 8,
        maxCallsPerMinute: 3000,
      },
      firstAdmin: undefined,
      role: 'all',
      shutdownDrainSeconds: 0,
      logLevel: 'info',
      tracing: undefined,
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ DATA_DIR: folder, PORT: '', PUBLIC_URL: '', ADMIN_USERNAME: '' })).toMatchObject({
      port: 3000,
      publicUrl: undefined,
      firstAdmin: undefined,
    });
  });

  it('names every bad key at once, in one line', () => {
    const message = refusalOf({
      PORT: '70000',
      PUBLIC_URL: 'mirror.example',
      DATABASE_URL: 'mysql://x',
      APP_SECRET: 'short',
      WECOM_API_BASE_URL: 'ftp://x',
      WECOM_PROXY_URL: 'socks://x',
      HEALTH_PORT: 'x',
      TRUST_PROXY: 'proxy.example',
      WECOM_MAX_CONCURRENCY: '0',
      WECOM_MAX_CALLS_PER_MINUTE: 'many',
      MAX_CONNECTIONS: '1',
      ADMIN_PASSWORD: 'short',
      ROLE: 'boss',
      LOG_LEVEL: 'loud',
    });
    for (const key of [
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'APP_SECRET',
      'WECOM_API_BASE_URL',
      'WECOM_PROXY_URL',
      'HEALTH_PORT',
      'TRUST_PROXY',
      'WECOM_MAX_CONCURRENCY',
      'WECOM_MAX_CALLS_PER_MINUTE',
      'MAX_CONNECTIONS',
      'ADMIN_PASSWORD',
      'ROLE',
      'LOG_LEVEL',
    ])
      expect(message).toMatch(new RegExp(`\\b${key} \\(`));
    expect(message).not.toContain('\n');
  });

  it('names every conflict at once', () => {
    const message = refusalOf({ DATABASE_URL: databaseUrl, ADMIN_USERNAME: 'admin' });
    expect(message).toContain('APP_SECRET (required with DATABASE_URL');
    expect(message).toContain('ADMIN_USERNAME and ADMIN_PASSWORD (set both or neither)');
    expect(refusalOf({ DATA_DIR: folder, ROLE: 'worker' })).toContain('ROLE (worker needs DATABASE_URL');
  });

  it.each([
    { APP_SECRET: 'a-secret-too-short' },
    { ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: 'shorty' },
    { DATABASE_URL: 'not a url with pass-word' },
  ])('is refused without telling the secrets in %j', (env) => {
    const message = refusalOf(env);
    for (const value of Object.values(env)) expect(message).not.toContain(value === 'admin' ? '\0' : value);
  });

  it.each([
    ['PORT', '-1'],
    ['HEALTH_PORT', '65536'],
    ['SHUTDOWN_DRAIN_SECONDS', '601'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/8,everybody'],
    ['TRUST_PROXY', 'true'],
    ['PORT', '1.5'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['WECOM_MAX_CONCURRENCY', '101'],
    ['ADMIN_USERNAME', ' '],
    ['ADMIN_USERNAME', 'x'.repeat(65)],
    ['ADMIN_USERNAME', 'no blanks'],
    ['PUBLIC_URL', 'https://mirror.example/console'],
    ['PUBLIC_URL', 'https://mirror.example?x=1'],
    ['PUBLIC_URL', 'https://user@mirror.example'],
    ['WECOM_PROXY_URL', 'http://corp:50%off@127.0.0.1:3128'],
    ['WECOM_PROXY_URL', 'http://%zz@127.0.0.1:3128'],
    ['DATABASE_URL', 'postgresql://corp:50%off@127.0.0.1/mirror'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ])('is refused with %s=%s', (key, value) => {
    const env = { ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: 'a long enough password', DATA_DIR: folder };
    expect(refusalOf({ ...env, [key]: value })).toContain(key);
  });

  it.each([
    ['https://mirror.example//', 'https://mirror.example'],
    ['https://Mirror.Example:443', 'https://mirror.example'],
    ['http://10.0.0.1:8080/', 'http://10.0.0.1:8080'],
  ])('reads the public address %s as the origin that browsers send', (given, origin) => {
    expect(readConfig({ DATA_DIR: folder, PUBLIC_URL: given }).publicUrl).toBe(origin);
  });

  it('takes an outside database with a secret of 32 characters, and touches no folder', () => {
    const config = readConfig({
      DATABASE_URL: databaseUrl,
      APP_SECRET: appSecret,
      DATA_DIR: join(folder, 'no'),
    });
    expect(config).toMatchObject({ databaseUrl, appSecret });
    expect(() => statSync(join(folder, 'no'))).toThrow('ENOENT');
  });

  it.each([
    ['1', 1],
    ['10.0.0.0/8, fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
    ['192.0.2.7,uniquelocal', ['192.0.2.7', 'uniquelocal']],
  ])('reads the trusted proxies %s', (given, proxies) => {
    expect(readConfig({ DATA_DIR: folder, TRUST_PROXY: given }).trustedProxies).toEqual(proxies);
  });

  it('takes secrets from files, without the line end of an editor', () => {
    const fileOf = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const config = readConfig({
      DATABASE_URL_FILE: fileOf('url', `${databaseUrl}\n`),
      APP_SECRET_FILE: fileOf('secret', `${appSecret}\r\n`),
      ADMIN_USERNAME: 'admin',
      ADMIN_PASSWORD_FILE: fileOf('password', ' a long enough password'),
      WECOM_PROXY_URL_FILE: fileOf('proxy', 'http://proxy.example:3128'),
    });
    expect(config).toMatchObject({
      databaseUrl,
      appSecret,
      firstAdmin: { password: ' a long enough password' },
      wecom: { proxyUrl: 'http://proxy.example:3128' },
    });
  });

  it('refuses a secret that comes twice, from no file or from an empty one', () => {
    writeFileSync(join(folder, 'empty'), '\n');
    const message = refusalOf({
      DATABASE_URL_FILE: join(folder, 'none'),
      APP_SECRET: appSecret,
      APP_SECRET_FILE: join(folder, 'empty'),
    });
    expect(message).toContain('DATABASE_URL_FILE (');
    expect(message).toContain('none cannot be read: ENOENT)');
    expect(message).toContain('APP_SECRET and APP_SECRET_FILE (set one of them)');
    expect(message).toContain('empty is empty)');
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' }, 'http://collector:4318/v1/traces', undefined],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:1', OTEL_EXPORTER_OTLP_HEADERS: 'a=b' },
      'http://c:1/v1/traces',
      'a=b',
    ],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:1',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
        OTEL_EXPORTER_OTLP_HEADERS: 'a=b',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'c=d',
      },
      'https://traces.example/in',
      'c=d',
    ],
  ])('sends traces by %j to %s with the headers %s', (env, url, headers) => {
    expect(readConfig({ DATA_DIR: folder, ...env }).tracing).toEqual({ url, headers });
  });

  it('sends no traces when OpenTelemetry is switched off', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'true' };
    expect(readConfig({ DATA_DIR: folder, ...env }).tracing).toBeUndefined();
  });

  it('makes an APP_SECRET once and finds it again', () => {
    const env = { DATA_DIR: join(folder, 'deep', 'er') };
    const { appSecret: made } = readConfig(env);
    expect(made.length).toBeGreaterThanOrEqual(32);
    expect(readConfig(env).appSecret).toBe(made);
    const path = join(env.DATA_DIR, 'app-secret');
    expect(readFileSync(path, 'utf8')).toBe(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('refuses an APP_SECRET in the data folder that was cut short', () => {
    writeFileSync(join(folder, 'app-secret'), '');
    expect(refusalOf({ DATA_DIR: folder })).toContain('app-secret');
  });

  it('says that the data folder cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const message = refusalOf({ DATA_DIR: join(folder, 'file', 'below') });
    expect(message).toMatch(
      /^数据目录 .* \| The data folder .*below cannot be written \(\w+\)\. Set DATA_DIR/,
    );
  });
});
