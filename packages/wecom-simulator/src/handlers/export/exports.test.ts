import { createDecipheriv, createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type SimulatorApp } from '../../apps.ts';
import { generateCorp } from '../../corp/generate-corp.ts';
import type { ExportFlaw } from '../../exports/export-service.ts';
import { exportFormats } from '../../exports/make-file.ts';
import { type Answer, startTestClient, type TestClient } from '../../test-client.ts';

const key = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPA';
const hour = 3_600_000;

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

const submit = (body: object = { encoding_aeskey: key }, path = 'export/user', app = client.app) =>
  client.callPlain(
    path,
    { access_token: client.tokenOf(app) },
    { method: 'POST', body: JSON.stringify(body) },
  );

const look = (jobid: string, app: SimulatorApp = client.app) =>
  client.call('export/get_result', { jobid }, app);

async function finish(jobid: string): Promise<Answer> {
  for (;;) {
    const answer = await look(jobid);
    if (answer.status !== 1) return answer;
  }
}

async function pollRepeatedly(jobid: string): Promise<Answer> {
  for (let count = 1; count < 20; count += 1) await look(jobid);
  return look(jobid);
}

async function download(url: string): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(url);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

const announce = (bytes: Buffer) => ({
  size: bytes.byteLength,
  md5: createHash('md5').update(bytes).digest('hex'),
});

/** The decrypted bytes with their padding. */
function decrypt(bytes: Buffer): Buffer {
  const secret = Buffer.from(`${key}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', secret, secret.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function openFile(bytes: Buffer): Answer {
  const padded = decrypt(bytes);
  return JSON.parse(padded.subarray(0, padded.byteLength - padded.at(-1)!).toString());
}

async function readExport(path = 'export/user'): Promise<Answer[]> {
  const { jobid } = await submit({ encoding_aeskey: key, block_size: 10_000 }, path);
  const { data_list: files } = await finish(jobid);
  return Promise.all(files.map(async ({ url }: Answer) => openFile((await download(url)).bytes)));
}

const byUserid = (a: Answer, b: Answer) => (a.userid < b.userid ? -1 : 1);

/** Every member that user/list returns for some visible department, once. */
async function listAllMembers(): Promise<Answer[]> {
  const { department } = await client.call('department/list');
  const lists = await Promise.all(
    department.map(({ id }: Answer) => client.call('user/list', { department_id: id })),
  );
  return [
    ...new Map(lists.flatMap(({ userlist }) => userlist.map((member: Answer) => [member.userid, member]))),
  ].map(([, member]) => member);
}

describe('an export job', () => {
  it('is running at the first look, then done, with size and checksum of the encrypted file', async () => {
    const { errcode, jobid } = await submit();
    expect(errcode).toBe(0);
    expect(await look(jobid)).toMatchObject({ errcode: 0, status: 1, data_list: [] });
    const { status, data_list: files } = await finish(jobid);
    expect([status, files.length]).toEqual([2, 1]);
    const { bytes } = await download(files[0].url);
    expect(bytes.byteLength % 32).toBe(0);
    expect(files[0]).toMatchObject(announce(bytes));
  });

  it.each(['whole', 'partial'])('gives what department/list and user/list give (%s scope)', async (scope) => {
    if (scope === 'partial') client.app.scope = { partyIds: [11, 2], userids: ['linyi'], tagIds: [] };
    const [users] = await readExport();
    expect(users.userlist.sort(byUserid)).toEqual((await listAllMembers()).sort(byUserid));
    expect(users.userlist.length).toBeGreaterThan(5);
    const { department } = await client.call('department/list');
    expect(await readExport('export/department')).toEqual([{ department }]);
  });

  it('keeps the fields that only old apps see', async () => {
    client.app.createdAfter20220620 = false;
    const [users] = await readExport();
    expect(users.userlist.sort(byUserid)).toEqual((await listAllMembers()).sort(byUserid));
    expect(users.userlist[0]).toHaveProperty('mobile');
  });

  it('has one file per block, the last one not full', async () => {
    await client.simulator.close();
    client = await startTestClient({ corp: generateCorp({ departments: 30, members: 25_000 }) });
    const files = await readExport();
    expect(files.map(({ userlist }) => userlist.length)).toEqual([10_000, 10_000, 5_000]);
    expect(new Set(files.flatMap(({ userlist }) => userlist.map(({ userid }: Answer) => userid))).size).toBe(
      25_000,
    );
  });

  it('gives the corp as it was at the submission, however late it is downloaded', async () => {
    const { jobid } = await submit();
    const { data_list: files } = await finish(jobid);
    await client.control('leave', { userid: 'linyi' });
    const { bytes } = await download(files[0].url);
    expect(files[0]).toMatchObject(announce(bytes));
    expect(openFile(bytes).userlist.map(({ userid }: Answer) => userid.toLowerCase())).toContain('linyi');
  });

  it.each(exportFormats)('can be had as %s', async (format) => {
    client.simulator.settings.exportFormat = format;
    const { jobid } = await submit({ encoding_aeskey: key }, 'export/department');
    const { data_list: files } = await finish(jobid);
    const { bytes } = await download(files[0].url);
    expect(files[0]).toMatchObject(announce(bytes));
    const plain = decrypt(format === 'base64' ? Buffer.from(bytes.toString(), 'base64') : bytes);
    expect(plain.indexOf('{"department":[')).toBe(format === 'withHeader' ? 20 : 0);
  });

  it('is valid for two hours', async () => {
    const { jobid } = await submit();
    const { data_list: files } = await finish(jobid);
    client.passTime(2 * hour - 1);
    expect((await download(files[0].url)).status).toBe(200);
    client.passTime(1);
    expect((await download(files[0].url)).status).toBe(403);
    expect((await download(`${client.simulator.baseUrl}/export-files/none`)).status).toBe(403);
  });

  it('keeps the results of an app’s last five', async () => {
    const jobids: string[] = [];
    for (let count = 0; count < 6; count += 1) jobids.push((await submit()).jobid);
    expect((await look(jobids[0]!)).errcode).toBe(40089);
    expect((await look(jobids[1]!)).errcode).toBe(0);
  });
});

describe('what an export refuses', () => {
  it.each([
    [{}, 40063],
    [{ encoding_aeskey: '' }, 40063],
    [{ encoding_aeskey: key.slice(1) }, 40035],
    [{ encoding_aeskey: `${key}a` }, 40035],
    [{ encoding_aeskey: `${key.slice(1)}+` }, 40035],
    [{ encoding_aeskey: key, block_size: 9_999 }, 40058],
    [{ encoding_aeskey: key, block_size: 10_000 }, 0],
    [{ encoding_aeskey: key, block_size: 1_000_000 }, 0],
    [{ encoding_aeskey: key, block_size: 1_000_001 }, 40058],
    [{ encoding_aeskey: key, block_size: '10000' }, 40035],
  ])('%j is answered with %i', async (body, errcode) => {
    expect((await submit(body)).errcode).toBe(errcode);
    expect((await submit(body, 'export/department')).errcode).toBe(errcode);
  });

  it('a job of another secret, and one that never was', async () => {
    const other = createApp({ agentid: 1_000_009, secret: 'other-secret' });
    client.simulator.apps.push(other);
    const { jobid } = await submit();
    expect((await look(jobid, other)).errcode).toBe(40088);
    expect((await look('jobid_none')).errcode).toBe(40088);
    expect((await look('')).errcode).toBe(40063);
  });

  it('the contact-sync assistant from a new address', async () => {
    expect((await submit(undefined, 'export/user', client.contactSync)).errcode).toBe(48009);
    expect((await submit(undefined, 'export/department', client.contactSync)).errcode).toBe(48009);
    client.contactSync.oldIps = ['127.0.0.1'];
    expect((await submit(undefined, 'export/user', client.contactSync)).errcode).toBe(0);
  });
});

describe('an export with a flaw', () => {
  const observe: Record<Exclude<ExportFlaw, 'staleContent'>, (seen: Answer) => Promise<void>> = {
    fails: async ({ status, data_list: files }: Answer) => expect([status, files]).toEqual([3, undefined]),
    neverFinishes: async ({ status }: Answer) => expect(status).toBe(1),
    wrongSize: async ({ file, bytes }: Answer) => expect(file.size).toBe(bytes.byteLength + 1),
    wrongMd5: async ({ file, bytes }: Answer) => expect(file.md5).not.toBe(announce(bytes).md5),
    truncatedFile: async ({ file, bytes }: Answer) => {
      expect(file).toMatchObject(announce(bytes));
      expect(() => openFile(bytes)).toThrow();
    },
    wrongKey: async ({ file, bytes }: Answer) => {
      expect(file).toMatchObject(announce(bytes));
      expect(() => openFile(bytes)).toThrow();
    },
    missingFile: async ({ status, data_list: files }: Answer) => expect([status, files]).toEqual([2, []]),
  };

  it.each(Object.keys(observe) as (keyof typeof observe)[])('is %s', async (flaw) => {
    // keys of the object above
    client.simulator.faults.add({ endpoint: 'export/user', effect: { kind: 'exportFlaw', flaw } });
    const { jobid } = await submit();
    const answer = flaw === 'neverFinishes' ? await pollRepeatedly(jobid) : await finish(jobid);
    const file = answer.data_list?.[0];
    const bytes = file === undefined ? undefined : (await download(file.url)).bytes;
    await observe[flaw]({ ...answer, file, bytes });
  });

  it('says what the job before said when it is stale', async () => {
    const [before] = await readExport();
    await client.control('leave', { userid: 'linyi' });
    client.simulator.faults.add({
      endpoint: 'export/user',
      times: 1,
      effect: { kind: 'exportFlaw', flaw: 'staleContent' },
    });
    expect(await readExport()).toEqual([before]);
    const [after] = await readExport();
    expect(after.userlist.length).toBe(before.userlist.length - 1);
  });
});
