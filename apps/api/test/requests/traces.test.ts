import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CollectedSpan, collectTraces, type TraceCollector } from '../support/collect-traces.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { openStartStage } from '../support/start-stage.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentSpanId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${parentSpanId}-01`;

describe('the traces of a server', () => {
  let collector: TraceCollector;
  let failedRunId: string;
  beforeAll(async () => {
    collector = await collectTraces();
    const corp = createSmallCorp(
      [
        [1, 0],
        [2, 1],
      ],
      [['wanger', 2]],
    );
    const server = await startTestServer({
      wecom: { corp },
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    const undo = ({ id }: SyncRun) =>
      server.api.call(endpoints.undoSyncRun, { params: { id }, body: { confirmedRemovals: 3 } });
    const approve = ({ id, planFingerprint }: SyncRun) =>
      server.api.call(endpoints.approveSyncRun, {
        params: { id },
        body: { planFingerprint: planFingerprint ?? '' },
      });
    await server.configure();
    await server.waitForRun((await undo(await server.sync())).id);
    await server.waitForRun((await approve(await server.sync('preview'))).id);
    await server.anonymous({ traceparent }).request('GET', '/members/wanger');
    await server.anonymous({ traceparent: `${traceparent}-junk` }).request('GET', '/no-such-page-as-this');
    await fetch(`${server.url}/api/v1/wecom/callback/contacts`);
    server.wecom.faults.add({ endpoint: 'agent/get', effect: { kind: 'errcode', errcode: 60020 } });
    const { id } = await server.sync();
    failedRunId = id;
    await fetch(`${server.url}/healthz`);
    await server.stop();
  });
  afterAll(() => collector.close());

  const named = (name: string) => collector.spans.filter((span) => span.name === name);
  const childrenOf = ({ spanId }: CollectedSpan) =>
    collector.spans.filter((span) => span.parentSpanId === spanId);
  const find = (name: string): CollectedSpan => {
    const [span] = named(name);
    if (span === undefined) throw new Error(`There is no span ${name}.`);
    return span;
  };

  it('tell of a request by its pattern and go on with the trace of its sender', () => {
    expect(find('GET /api/v1/members/:wecomUserId')).toMatchObject({
      traceId,
      parentSpanId,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/members/:wecomUserId',
        'http.response.status_code': 401,
      },
      hasFailed: false,
    });
  });

  it('begin anew where there is no trace to go on with, or none that can be read', () => {
    const unknown = find('GET');
    expect(unknown).toMatchObject({ parentSpanId: '', attributes: { 'http.response.status_code': 404 } });
    expect(unknown.traceId).not.toBe(traceId);
    expect(find('POST /api/v1/sync-runs').parentSpanId).toBe('');
    expect(find('GET /api/v1/wecom/callback/:source').parentSpanId).toBe('');
  });

  it('lead from a job to its run, the phases of it, and the calls of each', () => {
    const [job] = named('process sync-run');
    expect(job).toMatchObject({ parentSpanId: '', attributes: { 'messaging.destination.name': 'sync-run' } });
    const [run] = childrenOf(job as CollectedSpan);
    expect(run).toMatchObject({
      name: 'sync run',
      attributes: {
        'orgmirror.run.mode': 'apply',
        'orgmirror.run.trigger': 'manual',
        'orgmirror.run.status': 'succeeded',
      },
    });
    const phases = childrenOf(run as CollectedSpan);
    expect(phases.map(({ name }) => name)).toEqual(['sync reading', 'sync planning', 'sync applying']);
    const calls = childrenOf(phases[0] as CollectedSpan);
    expect(calls.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['wecom agent/get', 'wecom department/list', 'wecom user/list']),
    );
  });

  it('tell of an undo and of what was approved by the same phases', () => {
    const phasesOf = (mode: string) =>
      named('sync run')
        .filter(({ attributes }) => attributes['orgmirror.run.mode'] === mode)
        .map((run) => childrenOf(run).map(({ name }) => name));
    expect(phasesOf('undo')).toEqual([['sync planning', 'sync applying']]);
    expect(phasesOf('preview')).toEqual([['sync reading', 'sync planning'], ['sync applying']]);
  });

  it('tell of a failure by its code, of WeCom and of ours', () => {
    const failed = named('sync run').find(({ hasFailed }) => hasFailed);
    expect(failed?.attributes).toMatchObject({
      'error.type': 'wecom.refused',
      'orgmirror.run.status': 'failed',
    });
    const refused = named('wecom agent/get').find(({ hasFailed }) => hasFailed);
    expect(refused?.attributes).toMatchObject({ 'wecom.endpoint': 'agent/get', 'wecom.errcode': 60020 });
  });

  it('tell of no person, id, address or token, and not of probes', () => {
    const text = collector.bodies.join('\n');
    expect(text).toContain('orgmirror');
    for (const value of ['wanger', 'no-such-page', failedRunId, 'access_token', '127.0.0.1', 'healthz'])
      expect(text).not.toContain(value);
  });
});

describe('a collector that does not answer', () => {
  let collector: TraceCollector;
  let server: TestServer;
  beforeEach(async () => {
    collector = await collectTraces();
    collector.isAnswering = false;
    server = await startTestServer({
      env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` },
    });
  });
  afterEach(() => collector.close());

  it('holds up no request and no stop', async () => {
    expect((await server.api.request('GET', endpoints.getSession.path)).status).toBe(200);
    const stopped = server.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, collector.abandoned])).toBe('stopped');
  });
});

describe('a server as a program', () => {
  const { folder, start } = openStartStage();
  let collector: TraceCollector;
  beforeEach(async () => {
    collector = await collectTraces();
  });
  afterEach(() => collector.close());

  it('takes the variables of OpenTelemetry, and names the trace in its log', async () => {
    await writeFile(join(folder(), 'headers'), 'x-api-key=of-a-file%21\n');
    const port = await findFreePort();
    const program = start({
      PORT: String(port),
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS_FILE: join(folder(), 'headers'),
      OTEL_SERVICE_NAME: 'mirror',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    });
    await program.saying('is ready at');
    const { path } = endpoints.getSetup;
    await fetch(`http://127.0.0.1:${port}/api/v1${path}`);
    await fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers: { traceparent } });
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(collector.spans).toHaveLength(1);
    const [span] = collector.spans;
    expect(span).toMatchObject({
      traceId,
      resource: { 'service.name': 'mirror', 'deployment.environment.name': 'staging' },
    });
    expect(collector.headers[0]).toMatchObject({ 'x-api-key': 'of-a-file!' });
    expect(program.output.stdout).toContain(`"trace_id":"${traceId}","span_id":"${span?.spanId}"`);
  });

  it('says once that the collector is away', async () => {
    const port = await findFreePort();
    const program = start({
      PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    await program.saying('is ready at');
    const [, url] = /ready at (\S+)/.exec(program.output.stdout) ?? [];
    await fetch(`${url}/api/v1${endpoints.getSetup.path}`);
    await program.saying('traces could not be exported');
    await fetch(`${url}/api/v1${endpoints.getSetup.path}`);
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stdout.match(/traces could not be exported/g)).toHaveLength(1);
    expect(program.output.stdout).toContain('ECONNREFUSED');
  });
});
