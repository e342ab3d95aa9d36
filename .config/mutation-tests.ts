// All tests of packages/planner as one file: a mutant is judged without starting a worker for each of them.
import.meta.glob('../packages/planner/src/**/*.test.ts', { eager: true });
