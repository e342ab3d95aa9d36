import { Form } from 'antd';
import type { ReactNode } from 'react';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { SaveBar } from './save-bar.tsx';
import type { SavedFormState } from './use-saved-form.ts';
import './saved-form.css';

interface SavedFormProps<Values extends object> {
  /** Begins the ids of its fields. */
  name: string;
  saved: Values;
  state: SavedFormState<Values>;
  children: ReactNode;
}

/** All forms of a part as one, with one bar that saves them and one question before they are left. */
export function SavedForm<Values extends object>({ name, saved, state, children }: SavedFormProps<Values>) {
  const isAdmin = useIsAdmin();
  const { form, changedCount, isSaving, error } = state;
  return (
    <Form<Values>
      form={form}
      name={name}
      layout="vertical"
      className="om-saved-form"
      initialValues={saved}
      disabled={!isAdmin}
      requiredMark={false}
      onFinish={state.submit}
      scrollToFirstError={{ focus: true, block: 'center' }}
    >
      <UnsavedGuard isOfPage isDirty={() => changedCount > 0} />
      {children}
      {changedCount > 0 && (
        <SaveBar changedCount={changedCount} isSaving={isSaving} error={error} onDiscard={state.discard} />
      )}
    </Form>
  );
}
