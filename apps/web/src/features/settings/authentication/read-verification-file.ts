/** What the server is sent. */
export interface VerificationFileContent {
  name: string;
  content: string;
}

export type ReadFile =
  | { kind: 'read'; file: VerificationFileContent }
  | { kind: 'wrongName' }
  | { kind: 'wrongContent' };

const namePattern = /^WW_verify_[A-Za-z0-9]{1,64}\.txt$/;
const contentPattern = /^[A-Za-z0-9]{1,256}$/;
/** Far more than such a file holds: a wrong file is not read into memory. */
const maxBytes = 4_096;

/** Reads the chosen verification file; browsers name a second download `… (1).txt`, which is corrected. */
export async function readVerificationFile(file: File): Promise<ReadFile> {
  const name = file.name.replace(/ ?\(\d+\)(?=\.txt$)/, '');
  if (!namePattern.test(name)) return { kind: 'wrongName' };
  if (file.size > maxBytes) return { kind: 'wrongContent' };
  const content = (await file.text()).trim();
  if (!contentPattern.test(content)) return { kind: 'wrongContent' };
  return { kind: 'read', file: { name, content } };
}
