import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { exportJob, exportRequest } from '../schemas/exports.ts';

const exportParams = z.object({ id: z.uuid().describe('Id of the export.') });
const access = ['admin', 'auditor'] as const;

/** `GET /exports`: list the exports of the caller, newest first. */
export const listExports = defineEndpoint({
  method: 'get',
  path: '/exports',
  summary: 'List the exports of the caller, newest first',
  description: 'Only those of the caller, and only while their files are kept: a day.',
  access,
  answer: { status: 200, schema: z.object({ items: z.array(exportJob) }) },
});

/** `POST /exports`: start to export a list. */
export const createExport = defineEndpoint({
  method: 'post',
  path: '/exports',
  summary: 'Start to export a list',
  description:
    'The server writes the file in the background; `GET /exports/{id}` tells how far it is. `list` is `members`, in the order of their userids, which no sync changes; `run-changes`, a row for each field that changed, in the order of the plan; or `audit`, newest first. Sensitive fields are masked; `reveal: true`, for admins only, writes them in full. Recorded in the audit log.',
  access,
  rateClass: 'export',
  body: exportRequest,
  answer: { status: 202, schema: exportJob },
  errors: ['resource.not_found', 'export.too_many'],
});

/** `GET /exports/:id`: tell how far an export is. */
export const getExport = defineEndpoint({
  method: 'get',
  path: '/exports/:id',
  summary: 'Tell how far an export is',
  description: 'Only of the caller’s own.',
  access,
  params: exportParams,
  answer: { status: 200, schema: exportJob },
  errors: ['resource.not_found'],
});

/** `GET /exports/:id/file`: download the file of an export. */
export const downloadExport = defineEndpoint({
  method: 'get',
  path: '/exports/:id/file',
  summary: 'Download the file of an export',
  description:
    'Only of the caller’s own; one with sensitive fields in full only while the caller is an admin. Each download is recorded in the audit log.',
  access,
  rateClass: 'export',
  params: exportParams,
  answer: { status: 200, schema: 'file' },
  errors: ['resource.not_found', 'export.not_ready'],
});

/** `DELETE /exports/:id`: cancel an export, or delete its file. */
export const deleteExport = defineEndpoint({
  method: 'delete',
  path: '/exports/:id',
  summary: 'Cancel an export, or delete its file',
  description: 'Only of the caller’s own. Recorded in the audit log.',
  access,
  params: exportParams,
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});
