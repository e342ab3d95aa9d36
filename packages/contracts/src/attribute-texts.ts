/** Types of an attribute. */
export const attributeTypes = ['text', 'number', 'date', 'choice'] as const;
/** Value of {@link attributeTypes}. */
export type AttributeType = (typeof attributeTypes)[number];

/** Head of the first column of a file of attributes. */
export const userIdHead = { zh: '账号', en: 'Userid' } as const;
/** Head of a column that tells a reader who it is; it is never read. */
export const nameHead = { zh: '姓名', en: 'Name' } as const;

/** Most attributes of an enterprise. */
export const maxAttributes = 20;
/** Most rows of a file of attributes, without its heads. */
export const maxAttributeRows = 100_000;
/** Largest file of attributes. */
export const maxAttributeFileMegabytes = 32;
/** Longest value, in characters. */
export const maxAttributeLength = 200;

/** Why a row of a file is refused, in the words of the error file. */
export const attributeRefusalTexts = {
  noUserId: { zh: '缺少账号', en: 'The userid is missing' },
  unknownMember: { zh: '组织架构中没有此账号', en: 'No member has this userid' },
  memberLeft: { zh: '该成员已退出', en: 'The member has left' },
  duplicate: { zh: '同一账号出现多次', en: 'The userid is in several rows' },
  tooLong: { zh: '超过 200 个字符', en: 'Longer than 200 characters' },
  formula: {
    zh: 'CSV 中的公式不会计算，请填写结果',
    en: 'A formula in CSV is not calculated: write its result',
  },
  notNumber: { zh: '不是数字，例如 12.5', en: 'Not a number such as 12.5' },
  notDate: { zh: '不是日期，例如 2026-01-31', en: 'Not a date such as 2026-01-31' },
  notChoice: { zh: '不在可选值之中', en: 'Not one of the choices' },
  badCharacters: { zh: '含有控制字符', en: 'Has control characters' },
} as const;
/** Why a row of a file is refused. */
export type AttributeRefusal = keyof typeof attributeRefusalTexts;
