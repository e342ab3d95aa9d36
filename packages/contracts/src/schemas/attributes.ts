import * as z from 'zod';
import { attributeRefusalTexts, attributeTypes, maxAttributeLength } from '../attribute-texts.ts';
import { instant } from '../common.ts';
import { ruleTexts } from '../rule-texts.ts';

/** Names an attribute in files and in answers. */
export const attributeKey = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9_]*$/, ruleTexts.attributeKey.en);

const name = z.string().trim().min(1).max(40);
const choices = z
  .array(z.string().trim().min(1).max(maxAttributeLength))
  .max(200)
  .refine((texts) => new Set(texts).size === texts.length, ruleTexts.eachChoiceOnce.en);

/** An attribute of members that the enterprise adds by file. */
export const attribute = z
  .object({
    key: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
    type: z.enum(attributeTypes),
    /** What a choice may be; empty for the other types. */
    choices: z.array(z.string()),
    /** How many members have a value; null unless it was asked for. */
    members: z.number().int().nullable(),
  })
  .meta({ id: 'Attribute', description: 'An attribute of members that the enterprise adds by file.' });
/** Value of {@link attribute}. */
export type Attribute = z.infer<typeof attribute>;

/** What an attribute is made from. */
export const newAttribute = z
  .strictObject({
    key: attributeKey,
    nameZh: name,
    nameEn: name,
    type: z.enum(attributeTypes),
    choices: choices.default([]),
  })
  .refine(({ type, choices }) => (type === 'choice') === choices.length > 0, {
    path: ['choices'],
    message: ruleTexts.choicesOfChoice.en,
  });
/** Value of {@link newAttribute}. */
export type NewAttribute = z.output<typeof newAttribute>;

/** What of an attribute can be changed. */
export const attributeChange = z
  .strictObject({ nameZh: name.optional(), nameEn: name.optional(), choices: choices.min(1).optional() })
  .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en);
/** Value of {@link attributeChange}. */
export type AttributeChange = z.output<typeof attributeChange>;

/** How many rows of a file have each outcome. */
export const attributeImportCounts = z.object({
  /** Rows that give a member at least one new value. */
  set: z.number().int(),
  /** Rows that only take values away. */
  cleared: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Values that go, in rows of both kinds. */
  valuesCleared: z.number().int(),
});
/** Value of {@link attributeImportCounts}. */
export type AttributeImportCounts = z.infer<typeof attributeImportCounts>;

const refusal = z.enum(
  Object.keys(attributeRefusalTexts) as [keyof typeof attributeRefusalTexts], // keys() widens to string
);

/** A row of a file that was refused. */
export const refusedAttributeRow = z.object({
  /** Number of the row in the file; the heads are row 1. */
  line: z.number().int(),
  wecomUserId: z.string(),
  reason: refusal,
  /** Key of the attribute whose cell was refused. */
  attribute: z.string().nullable(),
  /** The cell that was refused, shortened. */
  given: z.string().nullable(),
});
/** Value of {@link refusedAttributeRow}. */
export type RefusedAttributeRow = z.infer<typeof refusedAttributeRow>;

/** A file of attributes that was judged, and perhaps applied. */
export const attributeImport = z
  .object({
    id: z.string(),
    fileName: z.string(),
    status: z.enum(['judged', 'applied']),
    /** Keys of the attributes that the file has columns for; others stay as they are. */
    columns: z.array(z.string()),
    counts: attributeImportCounts,
    /** The first refused rows; all are in the error file. */
    refused: z.array(refusedAttributeRow),
    /** Names what was judged; applying it needs it. */
    fingerprint: z.string(),
    createdAt: instant,
    appliedAt: instant.nullable(),
    /** When it is deleted. */
    expiresAt: instant,
  })
  .meta({ id: 'AttributeImport', description: 'A file of attributes that was judged, and perhaps applied.' });
/** Value of {@link attributeImport}. */
export type AttributeImport = z.infer<typeof attributeImport>;
