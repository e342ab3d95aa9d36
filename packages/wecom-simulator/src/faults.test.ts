import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from './faults.ts';
import { startTestClient, type TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

const inject = (effect: FaultEffect, endpoint = 'user/list') =>
  client.simulator.faults.add({ endpoint, effect });
const errcodesOf = async (count: number, departmentId = 2) => {
  const errcodes: number[] = [];
  for (let call = 0; call < count; call += 1) {
    errcodes.push((await client.call('user/list', { department_id: departmentId })).errcode);
  }
  return errcodes;
};
const urlOf = (path: string) =>
  `${client.simulator.baseUrl}/cgi-bin/${path}&access_token=${client.tokenOf(client.app)}`;

describe('a fault rule', () => {
  it('hits the named endpoint and no other', async () => {
    inject({ kind: 'errcode', errcode: -1 });
    expect(await errcodesOf(2)).toEqual([-1, -1]);
    expect((await client.call('tag/list')).errcode).toBe(0);
  });

  it('hits the nth calls only', async () => {
    client.simulator.faults.add({ nthCalls: [2, 4], effect: { kind: 'errcode', errcode: 45009 } });
    expect(await errcodesOf(5)).toEqual([0, 45009, 0, 45009, 0]);
  });

  it('ends after so many hits', async () => {
    client.simulator.faults.add({ times: 2, effect: { kind: 'errcode', errcode: 45033 } });
    expect(await errcodesOf(4)).toEqual([45033, 45033, 0, 0]);
  });

  it('hits one department only', async () => {
    client.simulator.faults.add({ departmentId: 22, effect: { kind: 'errcode', errcode: 60003 } });
    expect([...(await errcodesOf(1, 2)), ...(await errcodesOf(1, 22))]).toEqual([0, 60003]);
  });

  it('draws the same for the same seed', async () => {
    const rule = { probability: 0.5, seed: 7, effect: { kind: 'errcode', errcode: -1 } } as const;
    client.simulator.faults.add(rule);
    const first = await errcodesOf(12);
    client.simulator.faults.clear();
    client.simulator.faults.add(rule);
    expect(await errcodesOf(12)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([0, -1]));
  });

  it('is added, listed and cleared over HTTP, and a bad one is refused', async () => {
    const added = await client.control('add-fault', {
      endpoint: 'tag/list',
      effect: { kind: 'errcode', errcode: 6000 },
    });
    expect(added).toMatchObject({ status: 200, body: { result: [{ endpoint: 'tag/list' }] } });
    expect((await client.call('tag/list')).errcode).toBe(6000);
    await client.control('clear-faults', {});
    expect((await client.call('tag/list')).errcode).toBe(0);
    expect((await client.control('add-fault', { effect: { kind: 'earthquake' } })).status).toBe(400);
  });
});

describe('faults of the body', () => {
  it('carry the empty arrays with an errcode, or with errcode 0', async () => {
    inject({ kind: 'errcode', errcode: 45033 });
    const failure = await client.call('user/list', { department_id: 2 });
    expect(failure).toMatchObject({ errcode: 45033, userlist: [] });
    expect(failure.errmsg).toContain('api concurrent out of limit, hint: [');
    client.simulator.faults.clear();
    inject({ kind: 'emptySuccess' });
    expect(await client.call('user/list', { department_id: 2 })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userlist: [],
    });
  });

  it('list members twice, add unknown fields, take a field out', async () => {
    inject({ kind: 'duplicateItems' });
    expect((await client.call('user/list', { department_id: 2 })).userlist).toHaveLength(10);
    client.simulator.faults.clear();
    inject({ kind: 'unknownFields' });
    const extended = await client.call('user/list', { department_id: 2 });
    expect(extended).toHaveProperty('x_unknown_list');
    expect(extended.userlist[0]).toHaveProperty('x_unknown_text');
    client.simulator.faults.clear();
    inject({ kind: 'missingField', field: 'userid' });
    const poorer = await client.call('user/list', { department_id: 2 });
    expect(poorer.userlist[0]).not.toHaveProperty('userid');
    expect(poorer.userlist[0]).toHaveProperty('name');
  });

  it('answer late by the asked delay', async () => {
    inject({ kind: 'delay', delayMs: 4000 });
    expect(await errcodesOf(1)).toEqual([0]);
    expect(client.sleeps).toEqual([4000]);
  });

  it('hold a right answer back until the faults are cleared', async () => {
    inject({ kind: 'hold' });
    let isAnswered = false;
    const pending = errcodesOf(1).finally(() => {
      isAnswered = true;
    });
    while (client.simulator.stats.snapshot().totalCalls === 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    client.simulator.faults.clear();
    expect(await pending).toEqual([0]);
  });

  it('compress or pad a right answer', async () => {
    inject({ kind: 'gzip' });
    const zipped = await fetch(urlOf('user/list?department_id=2'));
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect((await zipped.json()) as object).toMatchObject({ errcode: 0 });
    client.simulator.faults.clear();
    inject({ kind: 'hugeBody', bytes: 3_000_000 });
    const huge = await (await fetch(urlOf('user/list?department_id=2'))).text();
    expect(huge.length).toBeGreaterThan(3_000_000);
  });
});

describe('faults of the transport', () => {
  it('answer an HTML page, with an error status or with 200', async () => {
    inject({ kind: 'httpStatus', status: 502 });
    const failed = await fetch(urlOf('user/list?department_id=2'));
    expect([failed.status, failed.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    client.simulator.faults.clear();
    inject({ kind: 'nonJson' });
    const odd = await fetch(urlOf('user/list?department_id=2'));
    expect(odd.status).toBe(200);
    expect(await odd.text()).toContain('<html>');
  });

  it('answer half the JSON as a complete answer', async () => {
    inject({ kind: 'truncatedJson' });
    const response = await fetch(urlOf('user/list?department_id=2'));
    const text = await response.text();
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('cut the connection in the middle of the body', async () => {
    inject({ kind: 'cutMidBody' });
    const response = await fetch(urlOf('user/list?department_id=2'));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('reset the connection before any answer', async () => {
    inject({ kind: 'reset' });
    const code = await new Promise((resolve) => {
      get(urlOf('user/list?department_id=2'), () => resolve('answered')).once('error', (error) =>
        resolve('code' in error ? error.code : error.message),
      );
    });
    expect(code).toBe('ECONNRESET');
  });

  it('hang until the server closes, which ends the call', async () => {
    inject({ kind: 'hang' });
    const pending = fetch(urlOf('user/list?department_id=2')).then(
      () => 'answered',
      () => 'ended',
    );
    while (client.simulator.stats.snapshot().totalCalls === 0)
      await new Promise((resolve) => setImmediate(resolve));
    await client.simulator.close();
    expect(await pending).toBe('ended');
    client = await startTestClient();
  });
});
