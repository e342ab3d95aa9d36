import { useEffect, useEffectEvent, useState } from 'react';

export interface SearchText {
  /** What stands in the box. */
  readonly text: string;
  type(text: string): void;
  setComposing(isComposing: boolean): void;
  /** Reports at once, e.g. on Enter. */
  settle(): void;
}

interface SearchTextInput {
  /** The text that is searched for, as the owner (usually the address) has it. */
  readonly value: string;
  /** Called with the trimmed text after a pause in typing, never with a half-composed one. */
  readonly onSettled: (text: string) => void;
  readonly delayMs: number;
  /** While true nothing is reported: the page that shows what is found is about to be left. */
  readonly isLeaving?: boolean;
}

interface Followed {
  readonly value: string;
  /** Reported to the owner and not seen in `value` yet, oldest first. */
  readonly reported: readonly string[];
}

/**
 * The text of a search box whose settled value is kept elsewhere. The owner follows the typing: a value that
 * comes back later than the next letter was typed changes nothing. Only a value that this box never reported
 * (cleared filters, the back button) replaces the text.
 */
export function useSearchText({ value, onSettled, delayMs, isLeaving = false }: SearchTextInput): SearchText {
  const [text, setText] = useState(value);
  const [isComposing, setComposing] = useState(false);
  const [followed, setFollowed] = useState<Followed>({ value, reported: [] });
  if (value !== followed.value) {
    const position = followed.reported.indexOf(value);
    setFollowed({ value, reported: position < 0 ? [] : followed.reported.slice(position + 1) });
    if (position < 0) setText(value);
  }
  const settle = () => {
    const wanted = text.trim();
    if (isComposing || isLeaving || wanted === (followed.reported.at(-1) ?? value)) return;
    setFollowed({ value, reported: [...followed.reported, wanted] });
    onSettled(wanted);
  };
  const settleAfterPause = useEffectEvent(settle);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the text starts the pause again, and so does a page that was not left after all
  useEffect(() => {
    if (isComposing) return;
    const timer = setTimeout(() => settleAfterPause(), delayMs);
    return () => clearTimeout(timer);
  }, [text, isComposing, isLeaving, delayMs]);
  return { text, type: setText, setComposing, settle };
}
