/** Downloads a text, whole or in parts, as a file. */
export const downloadText = (fileName: string, text: string | string[], type: string): void =>
  downloadBlob(fileName, new Blob([text].flat(), { type }));

/** Downloads anything as a file. */
export function downloadBlob(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
