import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

interface CopyableCodeProps {
  text: string;
  /** Of the button. */
  label?: string;
  /** The text with a part of it marked. */
  children?: ReactNode;
}

/** An identifier in monospace with a button that copies it. */
export function CopyableCode({ text, label, children = text }: CopyableCodeProps) {
  return (
    <span className="om-copyable">
      <code title={text}>{children}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
