import { type BodyOf, type CallbackSource, type endpoints, schedule } from '@orgmirror/contracts';
import { createCallbackToken, createEncodingAesKey } from '@orgmirror/wecom';
import { recordAudit, type Transaction } from '../audit/record-audit.ts';
import { findConnection, type SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { saveSchedule } from '../schedule/save-schedule.ts';
import { listEndpoints, saveEndpoint } from './callback-endpoint-repository.ts';

interface SaveCallbackDependencies {
  prisma: Transaction;
  secretBox: SecretBox;
  now: Now;
}

/** Events can be missed, so with them comes a full sync once a day unless there is a schedule already. */
const reconcileSchedule = { kind: 'daily', at: '03:30' } as const;

/**
 * Saves the secrets of one address, given or generated here; the key cache is to be invalidated afterwards.
 * @returns those generated here, which are shown this once
 * @throws AppError `settings.incomplete` before the connection was saved
 */
export async function saveCallback(
  dependencies: SaveCallbackDependencies,
  source: CallbackSource,
  input: BodyOf<typeof endpoints.saveCallback>,
): Promise<{ token: string; encodingAesKey: string } | undefined> {
  const { prisma } = dependencies;
  const connection = await findConnection(prisma);
  if (connection === null) throw new AppError('settings.incomplete');
  const { corpRowId } = connection;
  const generated =
    'generate' in input
      ? { token: createCallbackToken(), encodingAesKey: createEncodingAesKey() }
      : undefined;
  const isFirst = (await listEndpoints(prisma, corpRowId)).length === 0;
  await saveEndpoint(dependencies, { corpRowId, source }, generated ?? (input as GivenKeys));
  if (isFirst) await scheduleReconcile(dependencies, connection);
  return generated;
}

type GivenKeys = Exclude<BodyOf<typeof endpoints.saveCallback>, { generate: true }>;

async function scheduleReconcile(
  dependencies: SaveCallbackDependencies,
  connection: SavedConnection,
): Promise<void> {
  const before = schedule.parse(connection.schedule);
  if (before.kind !== 'off') return;
  await saveSchedule(dependencies, reconcileSchedule);
  await recordAudit(
    dependencies.prisma,
    { session: undefined, ip: null },
    { action: 'callback.reconcile', before: { schedule: before }, after: { schedule: reconcileSchedule } },
  );
}
