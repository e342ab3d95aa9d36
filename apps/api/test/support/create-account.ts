import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { endpoints, type Role } from '@orgmirror/contracts';
import type { ApiClient } from './api-client.ts';
import { openSql } from './query-database.ts';
import type { TestServer } from './start-test-server.ts';

/**
 * Puts a local account with a role into the database, also with one that the console gives to members only,
 * and signs it in.
 */
export async function createAccount(server: TestServer, role: Role): Promise<ApiClient> {
  const username = `${role}-${randomUUID().slice(0, 8)}`;
  const password = 'another long password';
  await openSql(server.database)(
    `INSERT INTO user_account (id, username, username_key, password_hash, role) VALUES ($1, $2, $2, $3, $4::role)`,
    [randomUUID(), username, await hash(password), role],
  );
  const client = server.anonymous();
  await client.call(endpoints.signIn, { body: { username, password } });
  return client;
}
