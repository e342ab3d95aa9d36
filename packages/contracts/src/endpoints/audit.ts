import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { auditEntry, auditFilter, exportedLists } from '../schemas/audit.ts';

/** `GET /audit`: list the audit log, newest first. */
export const listAuditEntries = defineEndpoint({
  method: 'get',
  path: '/audit',
  summary: 'List the audit log, newest first',
  description:
    'Filters are exact and combine. `action` is the name of an action, or its beginning up to a dot. `target` is an id as the entry has it, or the name or userid of a member. `total` counts what matches, up to 10,000; where there is more, `totalExact` is false.',
  access: ['admin', 'auditor'],
  query: pageQuery.extend(auditFilter),
  answer: {
    status: 200,
    schema: pageOf(auditEntry).extend({ total: z.number().int(), totalExact: z.boolean() }),
  },
});

/** More than any list has filters. */
const maxFilters = 20;

/** `POST /audit/exports`: note that a list is being exported. */
export const recordExport = defineEndpoint({
  method: 'post',
  path: '/audit/exports',
  summary: 'Note that a list is being exported',
  description:
    'For clients that read the rows by the pages of the list, where `POST /exports` does not suit them; this writes the entry of the audit log that says who took which list with which filter. To be called before the first page. A user may make 100 in 10 minutes.',
  access: ['admin', 'auditor'],
  rateClass: 'export',
  body: z.strictObject({
    list: z.enum(exportedLists),
    /** The run whose changes are exported. */
    runId: z.uuid().optional(),
    /** The filter of the list as its query has it. */
    filter: z
      .record(z.string().max(50), z.string().max(200))
      .refine((filter) => Object.keys(filter).length <= maxFilters, ruleTexts.tooManyFilters.en)
      .meta({ maxProperties: maxFilters })
      .default({}),
  }),
  answer: { status: 204, schema: null },
});
