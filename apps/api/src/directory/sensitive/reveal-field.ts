import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { readSensitiveValues, type StoredSensitive } from './sensitive-values.ts';

/**
 * One sensitive field of a member in full.
 * @throws AppError `resource.not_found` when it is empty or was never visible
 */
export function revealField(
  row: StoredSensitive,
  field: BodyOf<typeof endpoints.revealMember>['field'],
  secretBox: SecretBox,
): string {
  const known = readSensitiveValues(row, secretBox)[field];
  if (known === undefined || known.value === '') throw new AppError('resource.not_found');
  return known.value;
}
