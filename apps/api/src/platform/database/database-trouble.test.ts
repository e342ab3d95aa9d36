import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { findDatabaseTrouble } from './database-trouble.ts';

const ofPostgres = (code: string, message = 'a message') =>
  Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code });
const ofSocket = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
/** As Prisma hands on what its adapter met. */
const ofPrisma = (cause: object) =>
  Object.assign(new Error('Invalid invocation'), {
    name: 'PrismaClientKnownRequestError',
    code: 'P2010',
    meta: { driverAdapterError: Object.assign(new Error('raw'), { name: 'DriverAdapterError', cause }) },
  });

describe('an error of the database', () => {
  it.each([
    ['database.too_many_connections', ofPostgres('53300')],
    ['database.too_many_connections', ofPrisma({ kind: 'TooManyConnections' })],
    ['database.too_many_connections', new Error('no more connections allowed (max_client_conn)')],
    ['database.full', ofPostgres('53100')],
    ['database.full', ofSocket('ENOSPC')],
    ['database.full', ofPrisma({ originalCode: '53100', kind: 'postgres' })],
    ['database.read_only', ofPostgres('25006')],
    ['database.read_only', new Error('cannot execute UPDATE in a read-only transaction')],
    ['database.refused', ofPostgres('28P01')],
    ['database.refused', ofPostgres('42501')],
    ['database.refused', ofPrisma({ kind: 'AuthenticationFailed' })],
    ['database.refused', new Error('SASL authentication failed')],
    ['database.unavailable', ofPostgres('57P01')],
    ['database.unavailable', ofPostgres('08006')],
    ['database.unavailable', ofSocket('ECONNREFUSED')],
    ['database.unavailable', ofPrisma({ kind: 'DatabaseNotReachable' })],
    ['database.unavailable', new Error('Connection terminated unexpectedly')],
    ['database.unavailable', new Error('timeout exceeded when trying to connect')],
    ['database.unavailable', new AggregateError([new Error('a purge', { cause: ofSocket('ECONNRESET') })])],
  ])('is %s: %s', (trouble, error) => {
    expect(findDatabaseTrouble(error)).toBe(trouble);
  });

  it.each([
    ['a statement that is wrong', ofPostgres('42601', 'syntax error at or near "x"')],
    ['a row that is there already', ofPostgres('23505', 'duplicate key value violates unique constraint')],
    ['a lock that was not to be had', ofPostgres('55P03', 'canceling statement due to lock timeout')],
    ['what was cancelled', ofPostgres('57014', 'canceling statement due to statement timeout')],
    ['an error of our own, even one about a network', new AppError('notice.unreachable')],
    ['what is no error', 'ECONNREFUSED'],
  ])('is not %s', (_, error) => {
    expect(findDatabaseTrouble(error)).toBeUndefined();
  });
});
