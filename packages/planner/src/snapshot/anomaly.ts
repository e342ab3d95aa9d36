/** Anomalies in the answers about one member, as bits, so that 500,000 members need one number each. */
export const ANOMALY = {
  spelling: 1,
  conflict: 2,
  misaligned: 4,
  duplicatePlace: 8,
  overlooked: 16,
  blankName: 32,
} as const;
