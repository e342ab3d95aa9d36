import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

describe('the admin’s path', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.configure();
  });
  afterAll(() => server.stop());

  it('mirrors the departments and members of WeCom', async () => {
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true, error: null });
    expect(run.counts.departments.create).toBe(40);
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id, name, totalMemberCount }) => [id, name, totalMemberCount])).toEqual([
      [1, '星辰科技', 606],
    ]);
  });

  it('writes nothing the second time', async () => {
    const run = await server.sync();
    expect(run.status).toBe('succeeded');
    expect(
      Object.values(run.counts)
        .flatMap((kinds) => Object.values(kinds))
        .every((count) => count === 0),
    ).toBe(true);
  });
});
