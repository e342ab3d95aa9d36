import * as z from 'zod';
import type { Attribute, Prisma, PrismaClient } from '../../platform/database/generated/client.ts';

/** Values of one member by the key of the attribute. */
export type AttributeValues = Readonly<Record<string, string>>;

const storedValues = z.record(z.string(), z.string());

/** Values as they are stored. */
export const parseAttributeValues = (stored: Prisma.JsonValue): AttributeValues => storedValues.parse(stored);

type Reader = Pick<PrismaClient, 'attribute'>;

/** The attributes of a corp in the order in which they were added. */
export const listAttributes = ({ attribute }: Reader, corpRowId: number): Promise<Attribute[]> =>
  attribute.findMany({ where: { corpRowId }, orderBy: { id: 'asc' } });
