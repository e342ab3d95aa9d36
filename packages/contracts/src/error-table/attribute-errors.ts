import { type ErrorEntry, entry } from './entry.ts';

/** Why attributes or a file of them were refused. */
export const attributeErrors = {
  'attribute.too_many': entry(
    409,
    'caller',
    ['扩展属性已达上限', '最多 {max} 个，请先删除不再需要的。'],
    ['Too many attributes', 'At most {max} are possible: delete one that is no longer needed.'],
  ),
  'attribute.name_taken': entry(
    409,
    'caller',
    ['标识或名称已被使用', '“{name}”已用于另一个扩展属性，或是文件中的固定列。请换一个。'],
    [
      'The key or the name is taken',
      'Another attribute or a fixed column of the file is called “{name}”. Choose another.',
    ],
  ),
  'attribute.file_unreadable': entry(
    422,
    'caller',
    [
      '无法读取文件',
      '请上传 xlsx，或 UTF-8、带 BOM 的 UTF-16、GB18030 编码的 CSV。用 Excel 打开后另存为“CSV UTF-8”即可。',
    ],
    [
      'The file cannot be read',
      'Send xlsx, or CSV in UTF-8, UTF-16 with a byte order mark or GB18030. Open it in Excel and save it as “CSV UTF-8”.',
    ],
  ),
  'attribute.file_columns': entry(
    422,
    'caller',
    ['文件的列不正确', '{sentence}请以下载的模板为准。'],
    ['The columns of the file are wrong', '{sentence} Begin with the template.'],
  ),
  'attribute.too_many_rows': entry(
    422,
    'caller',
    ['文件的行数过多', '一次最多 {max} 行，请拆分为多个文件。'],
    ['The file has too many rows', 'At most {max} at a time: split it into several files.'],
  ),
  'attribute.import_stale': entry(
    409,
    'caller',
    ['试运行后数据已变化', '有 {rows} 行的成员或属性值已不同于试运行时，未应用任何内容。请重新上传文件。'],
    [
      'The data changed after the dry run',
      'Members or values of {rows} rows are no longer what was judged; nothing was applied. Send the file again.',
    ],
  ),
  'attribute.import_applied': entry(
    409,
    'caller',
    ['该文件已应用', '同一次试运行只能应用一次，无需重复操作。'],
    ['The file was applied already', 'A dry run is applied once; nothing more is needed.'],
  ),
} as const satisfies Record<string, ErrorEntry>;
