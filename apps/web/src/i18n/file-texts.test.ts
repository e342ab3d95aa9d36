import { auditActionTexts, auditColumnTexts, auditResultTexts, changeTexts } from '@orgmirror/contracts';
import { expect, it } from 'vitest';
import { audit as auditEn } from './en-US/audit.ts';
import { changes as changesEn } from './en-US/changes.ts';
import { common as commonEn } from './en-US/common.ts';
import { audit as auditZh } from './zh-CN/audit.ts';
import { changes as changesZh } from './zh-CN/changes.ts';
import { common as commonZh } from './zh-CN/common.ts';

type Texts = Readonly<Record<string, Readonly<Record<'zh' | 'en', string>>>>;
const inLanguage = (texts: Texts, language: 'zh' | 'en') =>
  Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, text[language]]));

it.each([
  ['zh', { audit: auditZh, changes: changesZh, common: commonZh }],
  ['en', { audit: auditEn, changes: changesEn, common: commonEn }],
] as const)('files that the server writes speak as the console does: %s', (language, console) => {
  expect(inLanguage(auditActionTexts, language)).toEqual(console.audit.action);
  expect(inLanguage(auditResultTexts, language)).toEqual(console.audit.result);
  const { before, after, seq, hash, ...columns } = inLanguage(auditColumnTexts, language);
  expect(console.audit.column).toMatchObject(columns);
  expect(inLanguage(changeTexts.entity, language)).toEqual(console.changes.entity);
  expect(inLanguage(changeTexts.kind, language)).toEqual(console.changes.kind);
  expect(console.changes.field).toMatchObject(inLanguage(changeTexts.field, language));
  expect(console.changes.fieldValue).toMatchObject(inLanguage(changeTexts.fieldValue, language));
  expect(inLanguage(changeTexts.departmentField, language)).toEqual(console.changes.departmentField);
  expect(inLanguage(changeTexts.departmentPresence, language)).toEqual(console.changes.departmentPresence);
  expect(inLanguage(changeTexts.disabledBy, language)).toEqual(console.changes.disabledBy);
  expect(inLanguage(changeTexts.value, language)).toEqual(console.common.value);
});
