import { formatExact, formatRelative } from '../lib/format.ts';
import { useNow } from '../lib/use-now.ts';

/** "3 minutes ago", with the exact time in a tooltip. */
export function RelativeTime({ instant }: { instant: string }) {
  useNow(true, 60_000); // keeps the words true while the page stays open
  return (
    <time dateTime={instant} title={formatExact(instant)}>
      {formatRelative(instant)}
    </time>
  );
}
