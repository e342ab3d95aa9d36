import * as z from 'zod';
import { maxAttributes } from '../attribute-texts.ts';
import { departmentId, instant, problem } from '../common.ts';
import { memberExportColumns } from '../export-texts.ts';
import { ruleTexts } from '../rule-texts.ts';
import { attributeKey } from './attributes.ts';
import { auditFilter } from './audit.ts';
import { memberStatus } from './directory.ts';
import { syncChange } from './sync-runs.ts';

/** Media type of a file by its format. */
export const exportContentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Format of a file. */
export const exportFormat = z.enum(['csv', 'xlsx']);
/** Value of {@link exportFormat}. */
export type ExportFormat = z.infer<typeof exportFormat>;

/** How many members can be named one by one: what a body has room for. */
export const maxSelectedMembers = 1_000;

/** What a file of members is made from. */
export const memberExportRequest = z.strictObject({
  list: z.literal('members'),
  format: exportFormat,
  columns: z
    .array(z.enum(memberExportColumns))
    .min(1)
    .max(memberExportColumns.length)
    .refine((columns) => new Set(columns).size === columns.length, ruleTexts.eachColumnOnce.en),
  /** Keys of the enterprise’s own attributes, as columns after the others. */
  attributes: z.array(attributeKey).max(maxAttributes).default([]),
  /** Of the list of members; left out, all present members. */
  filter: z
    .strictObject({
      departmentId: departmentId.optional(),
      recursive: z.boolean().default(false),
      q: z.string().trim().max(200).optional(),
      status: memberStatus.optional(),
      presence: z.enum(['present', 'left', 'all']).default('present'),
    })
    .optional(),
  /** Userids of the members instead of a filter. */
  userIds: z.array(z.string().min(1).max(64)).min(1).max(maxSelectedMembers).optional(),
  /** Mobile and e-mail in full instead of masked: for admins only. */
  reveal: z.boolean().default(false),
});
/** Value of {@link memberExportRequest}. */
export type MemberExportRequest = z.output<typeof memberExportRequest>;

/** What a file of a run’s changes is made from: a row for each field that changed. */
export const runChangesExportRequest = z.strictObject({
  list: z.literal('run-changes'),
  format: exportFormat,
  /** The run. */
  runId: z.uuid(),
  /** Of the list of its changes; left out, all of them. */
  filter: z
    .strictObject({
      entity: syncChange.shape.entity.optional(),
      kind: syncChange.shape.kind.optional(),
      held: z.boolean().optional(),
      q: z.string().trim().max(200).optional(),
    })
    .optional(),
});
/** Value of {@link runChangesExportRequest}. */
export type RunChangesExportRequest = z.output<typeof runChangesExportRequest>;

/** What a file of the audit log is made from. */
export const auditExportRequest = z.strictObject({
  list: z.literal('audit'),
  format: exportFormat,
  /** Of the audit log; left out, all of it. */
  filter: z.strictObject(auditFilter).optional(),
});
/** Value of {@link auditExportRequest}. */
export type AuditExportRequest = z.output<typeof auditExportRequest>;

/** What a file is made from, by list. */
export const exportRequest = z.discriminatedUnion('list', [
  memberExportRequest.refine(
    ({ filter, userIds }) => filter === undefined || userIds === undefined,
    ruleTexts.filterOrUserIds.en,
  ),
  runChangesExportRequest,
  auditExportRequest,
]);
/** Value of {@link exportRequest}. */
export type ExportRequest = z.output<typeof exportRequest>;

/** A file that the server writes, or has written, in the background. */
export const exportJob = z
  .object({
    id: z.string(),
    list: z.enum(['members', 'run-changes', 'audit']),
    /** The run whose changes they are; null for other lists. */
    runId: z.string().nullable(),
    /** Whether members were named, or the list was filtered, or neither. */
    scope: z.enum(['selected', 'filtered', 'all']),
    format: exportFormat,
    /** Whether sensitive fields are in full. */
    revealed: z.boolean(),
    status: z.enum(['queued', 'running', 'finished', 'failed']),
    /** Rows written so far; of a run’s changes how many of them. */
    rows: z.number().int(),
    /** Rows that there will be; null until they are counted. */
    total: z.number().int().nullable(),
    /** Bytes of the finished file. */
    size: z.number().int().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    /** When the file is deleted. */
    expiresAt: instant,
    /** Why it failed. */
    problem: problem.nullable(),
  })
  .meta({
    id: 'ExportJob',
    description: 'A file that the server writes, or has written, in the background.',
  });
/** Value of {@link exportJob}. */
export type ExportJob = z.infer<typeof exportJob>;
