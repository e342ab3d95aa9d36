import { type ReactNode, useId } from 'react';
import './step-list.css';

/** One step of a way. */
export interface Step<Id extends string> {
  id: Id;
  title: string;
  isDone: boolean;
  /** Beside the title, in a few words. */
  note?: string;
  /** What to do, with the button for it; kept while the step is closed. */
  content: ReactNode;
}

interface StepListProps<Id extends string> {
  /** Accessible name. */
  label: string;
  steps: readonly Step<Id>[];
  /** The step that is open; null: none. */
  openId: Id | null;
  onOpen: (id: Id | null) => void;
}

/** Steps of which one is open at a time: done ones are ticked, later ones dimmed, each can be opened. */
export function StepList<Id extends string>({ label, steps, openId, onOpen }: StepListProps<Id>) {
  const listId = useId();
  return (
    <ol className="om-steps" aria-label={label}>
      {steps.map(({ id, title, isDone, note, content }, index) => {
        const isOpen = id === openId;
        const state = isDone ? ' om-step-done' : isOpen ? ' om-step-open' : '';
        return (
          <li key={id} className={`om-step${state}`}>
            <h3>
              <button
                type="button"
                aria-expanded={isOpen}
                aria-controls={`${listId}-${id}`}
                onClick={() => onOpen(isOpen ? null : id)}
              >
                <i aria-hidden="true">{isDone ? '✓' : index + 1}</i>
                <span className="om-step-title">
                  {title}
                  {note !== undefined && <span className="om-small-print">{note}</span>}
                </span>
              </button>
            </h3>
            <div id={`${listId}-${id}`} className="om-step-content" hidden={!isOpen}>
              {content}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
