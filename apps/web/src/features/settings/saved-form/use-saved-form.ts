import { useMutation } from '@tanstack/react-query';
import { App, Form, type FormInstance } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors } from '../../../lib/forms/show-field-errors.ts';
import { getProblemCode } from '../../../lib/http/problem-error.ts';

type FieldName<Values> = keyof Values & string;

interface SavedFormInput<Values extends object> {
  /** What the server holds, as the fields show it. */
  saved: Values;
  /** Fields that count as changed when they differ: without those that other fields hide. */
  listFields: (entered: Values) => readonly FieldName<Values>[];
  /** Fields that the server may object to. */
  fieldNames: readonly FieldName<Values>[];
  /** Saves what was entered and answers with what the server then holds. */
  save: (entered: Values, changed: readonly FieldName<Values>[]) => Promise<Values>;
  /** Reads again what others have saved meanwhile, when the server refused the save for it. */
  readLatest?: () => unknown;
}

/** A form that knows what is saved: how many fields differ from it, how to save them, how to go back to it. */
export interface SavedFormState<Values extends object> {
  form: FormInstance<Values>;
  entered: Values;
  changedCount: number;
  submit: () => void;
  discard: () => void;
  isSaving: boolean;
  /** What went wrong with the save, unless it is said beside a field. */
  error: Error | null;
}

/** State of a {@link SavedFormState}; what others save meanwhile arrives in the fields that nobody touched. */
export function useSavedForm<Values extends object>({
  saved,
  listFields,
  fieldNames,
  save,
  readLatest,
}: SavedFormInput<Values>): SavedFormState<Values> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const entered: Values = { ...saved, ...Form.useWatch([], { form, preserve: true }) };
  const listChanged = (values: Values) =>
    listFields(values).filter((name) => !isSame(values[name], saved[name]));
  const [isOnField, setOnField] = useState(false);
  const mutation = useMutation({
    mutationFn: (values: Values) => save(values, listChanged(values)),
    onSuccess: (held, sent) => {
      follow(form, sent, held);
      message.success(t('settings.save.done'));
    },
    onError: (error) => {
      setOnField(showFieldErrors(form, error, fieldNames));
      if (getProblemCode(error) === 'settings.version_conflict') readLatest?.();
    },
  });

  const filledFrom = useRef(saved);
  // Before the eye sees fields of before, which would count as changed.
  useLayoutEffect(() => {
    follow(form, filledFrom.current, saved);
    filledFrom.current = saved;
  });
  return {
    form,
    entered,
    changedCount: listChanged(entered).length,
    submit: () => {
      const values: Values = { ...saved, ...form.getFieldsValue(true) };
      if (!mutation.isPending && listChanged(values).length > 0) mutation.mutate(values);
    },
    discard: () => {
      fill(form, saved, listNames(saved));
      mutation.reset();
    },
    isSaving: mutation.isPending,
    error: isOnField ? null : mutation.error,
  };
}

/** Fills the fields that still hold what they were filled with; what was typed since stays. */
function follow<Values extends object>(form: FormInstance<Values>, from: Values, to: Values): void {
  const entered: Values = { ...from, ...form.getFieldsValue(true) };
  const isOutdated = (name: FieldName<Values>) =>
    !isSame(from[name], to[name]) && isSame(entered[name], from[name]);
  fill(form, to, listNames(to).filter(isOutdated));
}

function fill<Values extends object>(
  form: FormInstance<Values>,
  values: Values,
  names: readonly FieldName<Values>[],
): void {
  if (names.length === 0) return;
  const fields = names.map((name) => ({ name, value: values[name], errors: [] }));
  // antd types names as paths into the values; a top-level name is one.
  form.setFields(fields as unknown as Parameters<typeof form.setFields>[0]);
}

const listNames = <Values extends object>(values: Values) => Object.keys(values) as FieldName<Values>[];

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
