import { z } from 'zod';
import { createExportSubmit, type ExportKind } from './export-job.ts';
import { memberAnswer, readMember, type WecomMember } from './member.ts';

const content = z.looseObject({ userlist: z.array(memberAnswer) });

/**
 * POST export/user: files with the members of all visible departments, as user/list gives them. Source:
 * document/path/94849.
 */
export const exportUser: ExportKind<z.output<typeof content>, WecomMember> = {
  submit: createExportSubmit('export/user'),
  content,
  readItems: ({ userlist }, onUnexpectedField) =>
    userlist.map((element) => readMember(element, onUnexpectedField)),
};
