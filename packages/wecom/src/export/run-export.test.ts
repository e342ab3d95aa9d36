import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createJumpingClock } from '../../test/clocks.ts';
import { announce, encryptFile } from '../../test/export-files.ts';
import { catchWecomError, createTestClient } from '../../test/test-client.ts';
import { vectors } from '../../test/vectors.ts';
import {
  type Reply,
  replyInTurn,
  replyJson,
  startWecomServer,
  TEST_TOKEN,
  type WecomServer,
} from '../../test/wecom-server.ts';
import type { CallEvent } from '../call-events.ts';
import type { WecomMember } from '../endpoints/member.ts';
import type { ExportBlock } from './run-export.ts';

const KEY = vectors.export_blocks[0]!.encoding_aeskey;
const vectorOf = (type: string) => vectors.export_blocks.find(({ job_type }) => job_type === type)!;
const answer = (name: string): Readonly<Record<string, unknown>> => vectors.responses[name]!;
const PENDING = replyJson(answer('export_result_pending'));

interface FileRoute {
  readonly bytes: Buffer;
  readonly announced?: { readonly size: number; readonly md5: string };
  readonly reply?: Reply;
}

const sendBytes =
  (bytes: Buffer): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(bytes);
  };

/** A WeCom whose export job is done at the given poll and has these files, at addresses with a signature. */
async function startExporter(
  files: readonly FileRoute[],
  results: readonly Reply[] = [],
): Promise<WecomServer & { readonly bodies: string[] }> {
  const bodies: string[] = [];
  let baseUrl = '';
  const submit: Reply = (response, _url, _number, request) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end(JSON.stringify(answer('export_submit')));
    });
  };
  const done: Reply = (...call) =>
    replyJson({
      errcode: 0,
      status: 2,
      data_list: files.map(({ bytes, announced }, index) => ({
        url: `${baseUrl}/files/${index}?sign=s3cr3t`,
        ...(announced ?? announce(bytes)),
      })),
    })(...call);
  const server = await startWecomServer({
    'export/user': submit,
    'export/department': submit,
    'export/get_result': replyInTurn(results[0] ?? done, ...results.slice(1), done),
    ...Object.fromEntries(
      files.map(({ bytes, reply }, index) => [`/files/${index}`, reply ?? sendBytes(bytes)]),
    ),
  });
  baseUrl = server.baseUrl;
  return Object.assign(server, { bodies });
}

const fileOf = (members: readonly unknown[]): FileRoute => ({
  bytes: encryptFile(JSON.stringify({ userlist: members }), KEY),
});
const crowd = (from: number, count: number): WecomMember[] =>
  Array.from({ length: count }, (_, index) => ({ userid: `u${from + index}`, department: [1] }));

async function collect<Item>(
  blocks: Promise<AsyncIterable<ExportBlock<Item>>>,
): Promise<ExportBlock<Item>[]> {
  const all: ExportBlock<Item>[] = [];
  for await (const block of await blocks) all.push(block);
  return all;
}

const createClient = (
  server: WecomServer,
  options: Parameters<typeof createTestClient>[1] = {},
): ReturnType<typeof createTestClient> =>
  createTestClient(server.baseUrl, { createAesKey: () => KEY, ...options });

describe('an export', () => {
  test('gives the departments of a file as department/list would', async () => {
    const { cipher_base64, plaintext_json } = vectorOf('export_department');
    await using server = await startExporter([{ bytes: Buffer.from(cipher_base64, 'base64') }]);
    const blocks = await collect(createClient(server).exportDepartments());
    expect(blocks).toEqual([{ items: plaintext_json.department, number: 1, total: 1 }]);
    expect(server.paths[1]).toBe('export/department');
  });

  test('gives the members of each file in turn and downloads none before it is asked for', async () => {
    const members = crowd(1, 10_000);
    await using server = await startExporter([fileOf(members), fileOf(crowd(10_001, 2))]);
    const sizes: number[] = [];
    for await (const { items, number, total } of await createClient(server).exportMembers()) {
      expect(server.paths.filter((path) => path.startsWith('/files/'))).toHaveLength(number);
      expect(total).toBe(2);
      sizes.push(items.length);
      if (number === 1) expect(items).toEqual(members);
    }
    expect(sizes).toEqual([10_000, 2]);
  });

  test('is submitted with a key and a block size in the body, the token in the query string', async () => {
    await using server = await startExporter([fileOf([])]);
    await collect(createClient(server).exportMembers({ blockSize: 20_000 }));
    await collect(createTestClient(server.baseUrl, { createAesKey: undefined }).exportMembers()).catch(
      () => undefined, // the server does not know the fresh key
    );
    expect(JSON.parse(server.bodies[0]!)).toEqual({ encoding_aeskey: KEY, block_size: 20_000 });
    expect(JSON.parse(server.bodies[1]!)).toMatchObject({ block_size: 10_000 });
    expect(JSON.parse(server.bodies[1]!).encoding_aeskey).not.toBe(KEY);
    const submits = server.urls.filter(({ pathname }) => pathname.endsWith('/export/user'));
    for (const { searchParams } of submits)
      expect(Object.fromEntries(searchParams)).toEqual({ access_token: TEST_TOKEN });
  });

  test('is polled after half a second, then at intervals of half the elapsed time, up to 30 s', async () => {
    const clock = createJumpingClock();
    await using server = await startExporter([fileOf([])], Array(13).fill(PENDING));
    await collect(createClient(server, { clock }).exportMembers());
    const [first, second, third, fourth, ...later] = clock.sleeps;
    expect([first, second, third, fourth]).toEqual([500, 500, 500, 750]);
    expect(later.slice(-2)).toEqual([expect.closeTo(28_833, 0), 30_000]);
  });

  test('is polled within a second once WeCom announced its end, and as usual after that', async () => {
    const clock = createJumpingClock();
    await using server = await startExporter([fileOf([])], Array(10).fill(PENDING));
    const asked: string[] = [];
    const isJobFinished = async (jobid: string): Promise<boolean> => {
      asked.push(jobid);
      return clock.elapsedMs() >= 6_000;
    };
    await collect(createClient(server, { clock }).exportMembers({ isJobFinished }));
    expect(new Set(asked)).toEqual(new Set(['jobid_xxxxxxxxx']));
    const polls = server.paths.filter((path) => path === 'export/get_result').length;
    expect(polls).toBe(11);
    const announced = clock.sleeps.indexOf(clock.sleeps.find((slept) => slept > 1_000) ?? 0);
    expect(clock.sleeps.slice(0, announced).every((slept) => slept <= 1_000)).toBe(true);
    expect(asked).toHaveLength(announced);
  });

  test('is looked at at once by who comes late', async () => {
    const clock = createJumpingClock();
    await using server = await startExporter([fileOf([])]);
    const blocks = createClient(server, { clock }).exportMembers();
    await blocks;
    await clock.sleep(9_000);
    await collect(blocks);
    expect(clock.sleeps).toEqual([9_000, 0]);
  });

  test('is looked at even by who comes when it would be given up', async () => {
    const clock = createJumpingClock();
    await using server = await startExporter([fileOf(crowd(1, 2))]);
    const blocks = await createClient(server, { clock }).exportMembers({ timeoutMs: 60_000 });
    await clock.sleep(61_000);
    expect(await collect(Promise.resolve(blocks))).toHaveLength(1);
  });

  test('sends no token with a download and retries it like a call', async () => {
    const file = fileOf(crowd(1, 3));
    const flaky = replyInTurn((response) => response.socket?.destroy(), sendBytes(file.bytes));
    await using server = await startExporter([{ ...file, reply: flaky }]);
    const events: CallEvent[] = [];
    const onCall = (event: CallEvent): void => void events.push(event);
    expect(await collect(createClient(server, { onCall }).exportMembers())).toHaveLength(1);
    const downloads = server.urls.filter(({ pathname }) => pathname === '/files/0');
    expect(downloads.map(({ search }) => search)).toEqual(['?sign=s3cr3t', '?sign=s3cr3t']);
    expect(events.filter((event) => event.kind === 'attempt').map(({ endpoint }) => endpoint)).toEqual([
      'gettoken',
      'export/user',
      'export/get_result',
      'export/download',
      'export/download',
    ]);
  });

  test('goes through the proxy, also for files on another host', async () => {
    const { bytes } = fileOf(crowd(1, 2));
    const result = replyJson({
      errcode: 0,
      status: 2,
      data_list: [{ url: 'http://files.invalid/part1', ...announce(bytes) }],
    });
    await using proxy = await startWecomServer({
      'export/user': replyJson(answer('export_submit')),
      'export/get_result': result,
      '/part1': sendBytes(bytes),
    });
    const client = createTestClient('http://wecom.invalid', {
      createAesKey: () => KEY,
      proxyUrl: proxy.baseUrl,
    });
    expect(await collect(client.exportMembers())).toHaveLength(1);
    expect(proxy.urls.map(({ host }) => host)).toEqual([...Array(3).fill('wecom.invalid'), 'files.invalid']);
  });

  test('names optional fields of an unexpected type', async () => {
    await using server = await startExporter([fileOf([{ userid: 'a', status: 'x', position: 5 }])]);
    const events: CallEvent[] = [];
    const client = createClient(server, { onCall: (event) => events.push(event) });
    expect((await collect(client.exportMembers()))[0]?.items).toEqual([{ userid: 'a', position: '5' }]);
    expect(events.at(-1)).toMatchObject({ endpoint: 'export/download', unexpectedFields: ['status'] });
  });
});

describe('an export that cannot be had', () => {
  test.each([
    ['48002', replyJson({ errcode: 48002, errmsg: 'api forbidden' }), { errcode: 48002 }],
    ['404', replyJson({}, 404), { kind: 'notFound' }],
    ['an answer without jobid', replyJson({ errcode: 0, jobid: '' }), { kind: 'shape', field: 'jobid' }],
  ])('ends with the refusal: %s', async (_fact, reply, expected) => {
    await using server = await startWecomServer({ 'export/user': reply });
    expect(await catchWecomError(collect(createClient(server).exportMembers()))).toMatchObject(expected);
  });

  test.each([
    ['a failed job', answer('export_result_failed'), { kind: 'exportFailed' }],
    ['40088', { errcode: 40088, errmsg: 'invalid jobid' }, { errcode: 40088, kind: 'parameter' }],
    ['an unknown status', { errcode: 0, status: 4 }, { kind: 'shape', field: 'status' }],
    ['an end without its list', { errcode: 0, status: 2 }, { kind: 'shape', field: 'data_list' }],
    [
      'an address of another kind',
      { errcode: 0, status: 2, data_list: [{ url: 'file:///etc/passwd', size: 1, md5: '0'.repeat(32) }] },
      { kind: 'shape', field: 'data_list[0].url' },
    ],
  ])('ends with what get_result says: %s', async (_fact, body, expected) => {
    await using server = await startExporter([], [replyJson(body)]);
    expect(await catchWecomError(collect(createClient(server).exportMembers()))).toMatchObject(expected);
  });

  test('ends after 30 minutes, and does not before', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({
      'export/user': replyJson(answer('export_submit')),
      'export/get_result': PENDING,
    });
    const error = await catchWecomError(collect(createClient(server, { clock }).exportMembers()));
    expect(error).toMatchObject({ kind: 'exportUnfinished', endpoint: 'export/get_result' });
    const waitedMs = clock.sleeps.reduce((sum, sleep) => sum + sleep, 0);
    expect(waitedMs).toBeGreaterThanOrEqual(30 * 60_000);
    expect(waitedMs).toBeLessThan(31 * 60_000);
  });

  test('ends with the reason of an abort while it waits and while it downloads', async () => {
    const abort = new AbortController();
    const stopAt =
      (reply: Reply): Reply =>
      (...call) => {
        abort.abort(new Error('stopped'));
        reply(...call);
      };
    const { signal } = abort;
    await using hanging = await startExporter([{ bytes: Buffer.alloc(0), reply: stopAt(() => undefined) }]);
    await expect(collect(createClient(hanging).exportMembers({ signal }))).rejects.toThrow('stopped');
    const again = new AbortController();
    await using pending = await startExporter(
      [],
      [
        (...call) => {
          PENDING(...call);
          again.abort(new Error('stopped while waiting'));
        },
      ],
    );
    await expect(collect(createClient(pending).exportMembers({ signal: again.signal }))).rejects.toThrow(
      'stopped while waiting',
    );
  });
});

describe('an export that is not whole', () => {
  test.each([
    ['another size', { size: 1, md5: '0'.repeat(32) }],
    ['another checksum', { ...announce(fileOf([]).bytes), md5: '0'.repeat(32) }],
  ])('is refused after three downloads of a file with %s', async (_fact, announced) => {
    await using server = await startExporter([{ ...fileOf([]), announced }]);
    const error = await catchWecomError(collect(createClient(server).exportMembers()));
    expect(error).toMatchObject({ kind: 'exportMismatch', endpoint: 'export/download' });
    expect(server.paths.filter((path) => path === '/files/0')).toHaveLength(3);
  });

  test('is refused when a member has no userid', async () => {
    await using server = await startExporter([fileOf([{ userid: 'a' }, { name: '王五' }])]);
    const error = await catchWecomError(collect(createClient(server).exportMembers()));
    expect(error).toMatchObject({ kind: 'shape', field: 'userlist[1].userid' });
  });

  test('is refused when a file is listed twice', async () => {
    const file = fileOf(crowd(1, 10_000));
    await using server = await startExporter([file, file]);
    expect(await catchWecomError(collect(createClient(server).exportMembers()))).toMatchObject({
      kind: 'exportMismatch',
    });
  });

  test('is refused when a second file is not full, and taken when only one is', async () => {
    await using bad = await startExporter([fileOf(crowd(1, 9_999)), fileOf(crowd(20_000, 9_999))]);
    expect(await catchWecomError(collect(createClient(bad).exportMembers()))).toMatchObject({
      kind: 'exportMismatch',
    });
    await using good = await startExporter([fileOf(crowd(1, 9_999)), fileOf(crowd(20_000, 10_000))]);
    expect(await collect(createClient(good).exportMembers())).toHaveLength(2);
  });

  test('is refused without following when a download leads elsewhere, and its address stays out of the error', async () => {
    const elsewhere: Reply = (response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/files/1?sign=s3cr3t' });
      response.end();
    };
    await using server = await startExporter([{ bytes: Buffer.alloc(0), reply: elsewhere }]);
    const error = await catchWecomError(collect(createClient(server).exportMembers()));
    expect(error).toMatchObject({ kind: 'redirect', status: 302 });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/s3cr3t|sign=/);
  });

  test('is refused when a file is larger than any answer may be', async () => {
    await using server = await startExporter([fileOf(crowd(1, 200))]);
    const client = createClient(server, { maxResponseBytes: 1_000 });
    expect(await catchWecomError(collect(client.exportMembers()))).toMatchObject({ kind: 'tooLarge' });
  });
});
