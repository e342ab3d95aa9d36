import type { FormInstance } from 'antd';
import { ProblemError } from '../http/problem-error.ts';

/**
 * Puts the server's objections beside their fields and the cursor into the first. True when each of them is
 * beside a field, so that no notice has to tell them again. A field is found anywhere in the path:
 * `schedule.hours` is about `hours`.
 */
export function showFieldErrors<Values extends object>(
  form: FormInstance<Values>,
  failure: unknown,
  fieldNames: readonly (keyof Values & string)[],
): boolean {
  const problem = failure instanceof ProblemError ? failure.problem : null;
  const errors = (problem?.errors ?? []).flatMap(({ path, message }) => {
    const steps = path.split(/[./]/);
    const name = fieldNames.find((field) => steps.includes(field));
    return name ? [{ name, errors: [message] }] : [];
  });
  const first = errors[0];
  if (first === undefined) return false;
  // antd types names as paths into the values; a top-level name is one.
  form.setFields(errors as unknown as Parameters<typeof form.setFields>[0]);
  form.focusField(first.name as Parameters<typeof form.focusField>[0]);
  return errors.length === problem?.errors?.length;
}
