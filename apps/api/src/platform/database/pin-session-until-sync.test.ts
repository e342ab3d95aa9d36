import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded-database.ts';

let folder: string;
let database: EmbeddedDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orgmirror-embedded-'));
  database = await openEmbeddedDatabase(folder);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const connect = async () => {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  return client;
};

it('answers each connection for its own parameters while others ask something else', async () => {
  const clients = await Promise.all(Array.from({ length: 6 }, connect));
  const large = 'x'.repeat(20_000);
  const answers = await Promise.all(
    clients.map(async (client, index) => {
      const lengths: number[] = [];
      for (let turn = 0; turn < 20; turn++) {
        const names = Array.from({ length: index + 1 }, (_, at) => `length($${at + 1}::text)`);
        const values = names.map(() => large.slice(0, 1000 * (turn + 1)));
        const { rows } = await client.query<{ sum: number }>(`SELECT ${names.join(' + ')} AS sum`, values);
        lengths.push((rows[0]?.sum ?? 0) / names.length);
      }
      return lengths;
    }),
  );
  const expected = Array.from({ length: 20 }, (_, turn) => 1000 * (turn + 1));
  expect(answers).toEqual(clients.map(() => expected));
  await Promise.all(clients.map((client) => client.end()));
});

it('serves the others after a connection was lost between Parse and Sync', async () => {
  const [lost, other] = [await connect(), await connect()];
  lost.on('error', () => undefined); // it is cut on purpose
  lost.connection.parse({ text: 'SELECT 1', name: '', types: [] }, false);
  lost.connection.flush();
  await new Promise((resolve) => setTimeout(resolve, 50));
  lost.connection.stream.destroy();
  expect((await other.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
  await other.end();
});
