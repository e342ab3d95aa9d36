/** What may be odd about a member's answers, as bits: 500,000 members need one number each. */
export const ANOMALY = { spelling: 1, conflict: 2, misaligned: 4, duplicatePlace: 8, missed: 16 } as const;
