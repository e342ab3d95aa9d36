import type { Change, MemberFieldName } from '@orgmirror/planner';
import { digestMobile } from '../../directory/sensitive/mobile-digest.ts';
import {
  type SensitiveDocument,
  sealSensitiveDocument,
} from '../../directory/sensitive/sensitive-document.ts';
import {
  isSensitive,
  maskValue,
  type SensitiveFieldName,
} from '../../directory/sensitive/sensitive-fields.ts';
import type { ExecuteLarge } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { createTimeSlices } from '../../platform/event-loop.ts';
import { sealContexts } from '../../platform/sealed-columns.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { holdsLease, type Lease, LeaseLostError } from '../../runs/fenced-transaction.ts';
import { recordSubjects } from './record-subjects.ts';
import type { Tombstone } from './tombstone.ts';

/** What apply stores beside WeCom's fields. */
export interface DerivedColumns extends Tombstone {
  searchText?: string;
  sortName?: string;
  /** Of a member; null forces a comparison at the next run. */
  contentHash?: string | null;
  /** Key under which the member's row stands until this change is applied. */
  renamedFrom?: string;
}

export interface PlannedChange {
  change: Change;
  held: boolean;
  derived?: DerivedColumns | undefined;
  /** All sensitive fields of the member after the change, when one of them changes. */
  sensitiveAfter?: SensitiveDocument | undefined;
}

export interface PlanWriter {
  /** Takes one more change, in plan order. */
  write(planned: PlannedChange): Promise<void>;
  finish(): Promise<void>;
}

/** Large enough for few statements, small enough for memory: some 2 MB of parameters. */
const maxPerStatement = 6_000;
/**
 * The first statement is small and each next one twice as large, so that Postgres works on a small corp's
 * plan as well while it is made.
 */
const minPerStatement = 500;
/**
 * Stores a plan row by row in the run's history, before any of it is applied. Writes only while the lease is
 * held.
 */
export function createPlanWriter(executeLarge: ExecuteLarge, secretBox: SecretBox, lease: Lease): PlanWriter {
  let waiting: ChangeRow[] = [];
  let written = 0;
  let statementSize = minPerStatement;
  /** A statement's megabytes leave for Postgres only when others run. */
  const endSlice = createTimeSlices();
  /** The statement under way: while Postgres works on one batch the next is made ready. */
  let inserting: Promise<void> = Promise.resolve();
  const flush = async () => {
    await inserting;
    if (waiting.length === 0) return;
    inserting = insertChanges(executeLarge, lease, written, waiting);
    inserting.catch(() => undefined); // the next await of it gets the error
    written += waiting.length;
    waiting = [];
  };
  return {
    write: async (planned) => {
      waiting.push(toRow(planned, secretBox));
      await endSlice();
      if (waiting.length < statementSize) return;
      await flush();
      statementSize = Math.min(maxPerStatement, statementSize * 2);
    },
    finish: async () => {
      await flush();
      await inserting;
      await recordSubjects(executeLarge, lease);
    },
  };
}

interface ChangeRow {
  entity: string;
  kind: string;
  key: string;
  userKey: string | null;
  departmentId: number | null;
  name: string;
  before: string | null;
  after: string | null;
  sealedValues: string | null;
  sealedDocument: string | null;
  mobileDigest: string | null;
  derived: string | null;
  held: boolean;
}

function toRow({ change, held, derived, sensitiveAfter }: PlannedChange, secretBox: SecretBox): ChangeRow {
  const before = maskValues(change.before);
  const after = maskValues(change.after);
  const sealed = before.sensitive || after.sensitive;
  return {
    entity: change.entity,
    kind: change.kind,
    key: change.key,
    userKey: change.entity === 'department' ? null : change.memberKey,
    departmentId: change.entity === 'member' ? null : change.departmentId,
    name: change.name,
    before: before.masked && JSON.stringify(before.masked),
    after: after.masked && JSON.stringify(after.masked),
    sealedValues: sealed
      ? toBase64(
          secretBox.seal(
            JSON.stringify({ before: before.sensitive, after: after.sensitive }),
            sealContexts.changeValues,
          ),
        )
      : null,
    sealedDocument: sensitiveAfter ? toBase64(sealSensitiveDocument(secretBox, sensitiveAfter)) : null,
    mobileDigest: sensitiveAfter ? digestMobile(secretBox, sensitiveAfter.mobile) : null,
    derived: derived ? JSON.stringify(derived) : null,
    held,
  };
}

/** Splits recorded values into themselves with masked sensitive fields, and those fields as they are. */
export function maskValues(values: Change['before'] | Change['after']) {
  if (values === null) return { masked: null, sensitive: undefined };
  let sensitive: Partial<Record<SensitiveFieldName, string | null>> | undefined;
  const masked: Record<string, unknown> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (!isSensitive(name as MemberFieldName)) continue;
    sensitive ??= {};
    sensitive[name as SensitiveFieldName] = value as string | null; // every sensitive field is a text
    if (typeof value === 'string') masked[name] = maskValue(name as SensitiveFieldName, value);
  }
  return { masked, sensitive };
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function insertChanges(
  executeLarge: ExecuteLarge,
  lease: Lease,
  firstSeq: number,
  rows: readonly ChangeRow[],
): Promise<void> {
  const column = <K extends keyof ChangeRow>(name: K) => rows.map((row) => row[name]);
  const inserted = await executeLarge(Prisma.sql`
    INSERT INTO sync_change (run_id, seq, entity, kind, key, user_key, department_id, name, before, after,
                             sealed_values, sealed_document, mobile_digest, derived, held)
    SELECT ${lease.runId}::uuid, ${firstSeq}::int + n::int, entity, kind, key, user_key, department_id, name,
           before::jsonb, after::jsonb, decode(sealed_values, 'base64'), decode(sealed_document, 'base64'),
           mobile_digest, derived::jsonb, held
    FROM unnest(
      ${column('entity')}::text[], ${column('kind')}::text[], ${column('key')}::text[],
      ${column('userKey')}::text[], ${column('departmentId')}::bigint[], ${column('name')}::text[],
      ${column('before')}::text[], ${column('after')}::text[], ${column('sealedValues')}::text[],
      ${column('sealedDocument')}::text[], ${column('mobileDigest')}::text[], ${column('derived')}::text[],
      ${column('held')}::bool[]
    ) WITH ORDINALITY AS row (entity, kind, key, user_key, department_id, name, before, after,
                              sealed_values, sealed_document, mobile_digest, derived, held, n)
    WHERE ${holdsLease(lease)}`);
  if (inserted !== rows.length) throw new LeaseLostError();
}
