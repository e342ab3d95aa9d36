// Apart from the schemas, so that the console needs no zod for it.

/** Removals that are always within `maxPercent`, so that a small corp is not held at once. */
export const removalGuardFloor = 3;
