/** Progress of a run at an instant. */
export interface ProgressSample {
  atMs: number;
  departmentsRead: number;
  membersRead: number;
}

export interface ProgressRate {
  departmentsPerSecond: number;
  membersPerSecond: number;
  /** Null while there is no progress to compute it from. */
  msLeft: number | null;
}

/** Long enough to smooth single answers, short enough to notice that WeCom slows down. */
const windowMs = 30_000;
const minSpanMs = 1_000;

/** The samples with one more; what is older than the window goes, but for the one sample that spans it. */
export function addSample(
  samples: readonly ProgressSample[],
  sample: ProgressSample,
): readonly ProgressSample[] {
  const last = samples.at(-1);
  if (last && sample.atMs <= last.atMs) return samples;
  // A run that restarts under the same id, or samples of another run: no rate across that.
  if (last && (sample.departmentsRead < last.departmentsRead || sample.membersRead < last.membersRead))
    return [sample];
  const firstInWindow = samples.findIndex(({ atMs }) => atMs >= sample.atMs - windowMs);
  return [...samples.slice(firstInWindow < 0 ? -1 : Math.max(0, firstInWindow - 1)), sample];
}

/**
 * Speed over the samples and, from it, the time for the departments that are still to be read; null for too
 * few.
 */
export function computeRate(
  samples: readonly ProgressSample[],
  departmentsTotal: number,
): ProgressRate | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < minSpanMs) return null;
  const seconds = (last.atMs - first.atMs) / 1_000;
  const departmentsPerSecond = (last.departmentsRead - first.departmentsRead) / seconds;
  const left = departmentsTotal - last.departmentsRead;
  return {
    departmentsPerSecond,
    membersPerSecond: (last.membersRead - first.membersRead) / seconds,
    msLeft: departmentsPerSecond > 0 ? (left / departmentsPerSecond) * 1_000 : null,
  };
}
