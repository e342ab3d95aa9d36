import { z } from 'zod';
import { departmentAnswer, readDepartment, type WecomDepartment } from './department.ts';
import { createExportSubmit, type ExportKind } from './export-job.ts';

const content = z.looseObject({ department: z.array(departmentAnswer) });

/**
 * POST export/department: files with the departments that department/list gives. Source: document/path/94954.
 */
export const exportDepartment: ExportKind<z.output<typeof content>, WecomDepartment> = {
  submit: createExportSubmit('export/department'),
  content,
  readItems: ({ department }, onUnexpectedField) =>
    department.map((element) => readDepartment(element, onUnexpectedField)),
};
