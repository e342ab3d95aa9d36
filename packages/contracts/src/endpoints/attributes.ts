import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import {
  attribute,
  attributeChange,
  attributeImport,
  attributeKey,
  newAttribute,
} from '../schemas/attributes.ts';
import { exportContentTypes, exportFormat } from '../schemas/exports.ts';

const keyParams = z.object({ key: attributeKey.describe('Key of the attribute.') });
const importParams = z.object({ id: z.uuid().describe('Id of the judged file.') });
const access = ['admin'] as const;

/** `GET /attributes`: list the attributes. */
export const listAttributes = defineEndpoint({
  method: 'get',
  path: '/attributes',
  summary: 'List the attributes',
  description: 'In the order in which they were added. No sync writes their values.',
  access: ['admin', 'auditor'],
  query: z.object({
    counts: z.stringbool().default(false).describe('Count the members who have a value.'),
  }),
  answer: { status: 200, schema: z.object({ items: z.array(attribute) }) },
});

/** `POST /attributes`: add an attribute. */
export const createAttribute = defineEndpoint({
  method: 'post',
  path: '/attributes',
  summary: 'Add an attribute',
  description: 'At most 20. Key and type cannot be changed. Recorded in the audit log.',
  access,
  body: newAttribute,
  answer: { status: 201, schema: attribute },
  errors: ['settings.incomplete', 'attribute.too_many', 'attribute.name_taken'],
});

/** `PATCH /attributes/:key`: rename an attribute, or change its choices. */
export const updateAttribute = defineEndpoint({
  method: 'patch',
  path: '/attributes/:key',
  summary: 'Rename an attribute, or change its choices',
  description:
    'Values that are no longer a choice stay until a file changes them. Recorded in the audit log.',
  access,
  params: keyParams,
  body: attributeChange,
  answer: { status: 200, schema: attribute },
  errors: ['resource.not_found', 'attribute.name_taken'],
});

/** `DELETE /attributes/:key`: delete an attribute with all its values. */
export const deleteAttribute = defineEndpoint({
  method: 'delete',
  path: '/attributes/:key',
  summary: 'Delete an attribute with all its values',
  description: 'Recorded in the audit log.',
  access,
  params: keyParams,
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

/** `GET /attributes/template`: download the present values of all members. */
export const downloadAttributeTemplate = defineEndpoint({
  method: 'get',
  path: '/attributes/template',
  summary: 'Download the present values of all members',
  description:
    'A file to change and to send to `POST /attribute-imports`: userid, name and a column for each attribute, in the language of `Accept-Language`, all present members in the order of their userids. Recorded in the audit log.',
  access,
  rateClass: 'export',
  query: z.object({ format: exportFormat.default('xlsx') }),
  answer: { status: 200, schema: 'file' },
});

/** `POST /attribute-imports`: judge a file of attributes. */
export const createAttributeImport = defineEndpoint({
  method: 'post',
  path: '/attribute-imports',
  summary: 'Judge a file of attributes',
  description:
    'Changes nothing: each row is judged, and kept for a day. CSV in UTF-8, UTF-16 with a byte order mark or GB18030, separated by comma, semicolon or tab, or the first sheet of an xlsx file; at most 100,000 rows and 32 MB. The first row has the heads: the userid, and for each column the key or a name of an attribute. An empty cell clears the value; an attribute without a column stays as it is. A formula in CSV is refused, one in xlsx counts as the value that was saved with it. All rows with the same userid are refused. It replaces the file that the caller sent before.',
  access,
  rateClass: 'export',
  query: z.object({ fileName: z.string().trim().min(1).max(200).default('attributes') }),
  upload: Object.values(exportContentTypes).map((type) => type.split(';')[0] ?? type),
  answer: { status: 201, schema: attributeImport },
  errors: [
    'request.unsupported_media_type',
    'request.too_large',
    'attribute.file_unreadable',
    'attribute.file_columns',
    'attribute.too_many_rows',
  ],
});

/** `GET /attribute-imports/:id`: get a judged file. */
export const getAttributeImport = defineEndpoint({
  method: 'get',
  path: '/attribute-imports/:id',
  summary: 'Get a judged file',
  description: 'Only one that the caller sent.',
  access,
  params: importParams,
  answer: { status: 200, schema: attributeImport },
  errors: ['resource.not_found'],
});

/** `GET /attribute-imports/:id/errors`: download the refused rows of a judged file. */
export const downloadAttributeErrors = defineEndpoint({
  method: 'get',
  path: '/attribute-imports/:id/errors',
  summary: 'Download the refused rows of a judged file',
  description: 'CSV: row, userid, column, cell and reason of each, in the language of `Accept-Language`.',
  access,
  params: importParams,
  answer: { status: 200, schema: 'file' },
  errors: ['resource.not_found'],
});

/** `POST /attribute-imports/:id/apply`: apply a judged file. */
export const applyAttributeImport = defineEndpoint({
  method: 'post',
  path: '/attribute-imports/:id/apply',
  summary: 'Apply a judged file',
  description:
    'All rows that were not refused, or none: when a member or a value is no longer what was judged, nothing is applied and the file has to be sent again. Recorded in the audit log.',
  access,
  params: importParams,
  body: z.strictObject({ fingerprint: z.string().min(1).max(64) }),
  answer: { status: 200, schema: attributeImport },
  errors: ['resource.not_found', 'attribute.import_stale', 'attribute.import_applied'],
});
