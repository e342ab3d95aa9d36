import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The user's exports of the last day, newest first. */
export const listExports = defineCall<typeof endpoints.listExports>('get', '/exports');

/** Starts an export; the server writes the file. */
export const createExport = defineCall<typeof endpoints.createExport>('post', '/exports');

/** Cancels an export, or deletes its file. */
export const deleteExport = defineCall<typeof endpoints.deleteExport>('delete', '/exports/:id');

/** Where the browser downloads the file. */
export const getExportFilePath = (id: string): string => `/api/v1/exports/${encodeURIComponent(id)}/file`;
