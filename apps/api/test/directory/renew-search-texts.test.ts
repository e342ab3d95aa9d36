import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['bob', 1],
    ['eve', 1],
  ],
);
for (const [userid, name] of [
  ['ann', '王明'],
  ['bob', '李明'],
  ['eve', '王a12'],
] as const)
  corp.putMember({ ...corp.findMember(userid)!, name });
/** 王明 as the former release wrote it. */
const earlier = ' ann wangming wm ming mZZAmtnAk5qZZannZZwangmingYZZwm';

let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  sql = openSql(server.database);
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

const find = async (q: string) =>
  (await server.api.call(endpoints.listMembers, { query: { q } })).items.map(
    ({ wecomUserId }) => wecomUserId,
  );

const read = () => sql(`SELECT user_id, search_text FROM member ORDER BY user_id`);
/** Written in a time that may be outside of the upgrade. */
const writeEarlier = (userid: string, at: string) =>
  sql(`UPDATE member SET search_text = '${earlier}', updated_at = ${at} WHERE user_id = '${userid}'`);

describe('a search text that the former release wrote', () => {
  it('beside an upgrade is brought into the alphabet of this one, and no other is touched', async () => {
    const before = await read();
    await server.restart({}, async () => {
      await writeEarlier('ann', 'now()');
      expect(await read()).not.toEqual(before);
    });
    await expect.poll(read).toEqual(before);
    await server.api.call(endpoints.signIn, { body: admin });
    expect(await find('王明')).toEqual(['ann']);
  });

  it('is not looked for later than a day after the upgrade', async () => {
    await server.restart({}, async () => {
      await writeEarlier('bob', `now() + interval '2 days'`);
      await writeEarlier('ann', 'now()');
    });
    await expect.poll(read).toMatchObject([{ search_text: expect.not.stringContaining('Amtn') }, {}, {}]);
    expect(await read()).toMatchObject([{}, { search_text: earlier }, {}]);
  });
});
