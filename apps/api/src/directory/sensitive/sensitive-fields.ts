import { MEMBER_FIELDS, type MemberFieldName } from '@orgmirror/planner';

export const sensitiveFieldNames = MEMBER_FIELDS.filter(({ sensitive }) => sensitive).map(({ name }) => name);
export type SensitiveFieldName = Extract<(typeof MEMBER_FIELDS)[number], { sensitive: true }>['name'];

export const isSensitive = (name: string): name is SensitiveFieldName =>
  (sensitiveFieldNames as readonly MemberFieldName[]).includes(name as MemberFieldName); // widened to ask

/** Shortens a sensitive value so that it can be recognised but not used; '' stays empty. */
export function maskValue(field: SensitiveFieldName, value: string): string {
  if (value === '') return '';
  if (field === 'email' || field === 'bizMail') return maskEmail(value);
  if (field === 'mobile') return maskMobile(value);
  if (field === 'address') return `${[...value].slice(0, 3).join('')}***`;
  return '***';
}

function maskMobile(value: string): string {
  const characters = [...value];
  if (characters.length < 8) return '***';
  return `${characters.slice(0, -8).join('')}****${characters.slice(-4).join('')}`;
}

function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  if (at < 1) return '***';
  return `${[...value][0]}***${value.slice(at)}`;
}
