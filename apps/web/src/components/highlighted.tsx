interface HighlightedProps {
  text: string;
  /** Nothing is marked where it is empty or does not occur, e.g. because pinyin found the text. */
  search: string;
}

/** A text with the first place of what was searched marked. */
export function Highlighted({ text, search }: HighlightedProps) {
  const start = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (start < 0) return text;
  const end = start + search.length;
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
