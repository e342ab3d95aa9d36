import type { AttributeImport, endpoints } from '@orgmirror/contracts';
import { downloadBlob } from '../download-blob.ts';
import { httpClient } from '../http/client.ts';
import { defineCall } from '../http/define-call.ts';

/** The enterprise's own attributes. */
export const listAttributes = defineCall<typeof endpoints.listAttributes>('get', '/attributes');

/** Adds one. */
export const createAttribute = defineCall<typeof endpoints.createAttribute>('post', '/attributes');

/** Renames one, or changes its choices. */
export const updateAttribute = defineCall<typeof endpoints.updateAttribute>('patch', '/attributes/:key');

/** Deletes one with all its values. */
export const deleteAttribute = defineCall<typeof endpoints.deleteAttribute>('delete', '/attributes/:key');

/** A file that was judged before. */
export const getAttributeImport = defineCall<typeof endpoints.getAttributeImport>(
  'get',
  '/attribute-imports/:id',
);

/** Applies a judged file. */
export const applyAttributeImport = defineCall<typeof endpoints.applyAttributeImport>(
  'post',
  '/attribute-imports/:id/apply',
);

/** The server reads 100,000 rows meanwhile. */
const uploadTimeoutMs = 300_000;

/** Sends a file to be judged. */
export async function createAttributeImport(file: File): Promise<AttributeImport> {
  const isXlsx = /\.xlsx$/i.test(file.name);
  const type = isXlsx ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
  const { data } = await httpClient.post<AttributeImport>('/attribute-imports', file, {
    params: { fileName: file.name.slice(0, 200) },
    headers: { 'Content-Type': type },
    timeout: uploadTimeoutMs,
  });
  return data;
}

/** Downloads the present values of all members in the language of the console. */
export const downloadTemplate = (format: 'xlsx' | 'csv', fileName: string): Promise<void> =>
  download(`/attributes/template?format=${format}`, `${fileName}.${format}`);

/** Downloads the refused rows of a judged file in the language of the console. */
export const downloadRefusedRows = (id: string, fileName: string): Promise<void> =>
  download(`/attribute-imports/${encodeURIComponent(id)}/errors`, `${fileName}.csv`);

async function download(path: string, fileName: string): Promise<void> {
  const { data } = await httpClient.get<Blob>(path, { responseType: 'blob', timeout: uploadTimeoutMs });
  downloadBlob(fileName, data);
}
