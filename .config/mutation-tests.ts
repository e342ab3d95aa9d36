// All tests of packages/directory as one file: a mutant is judged without starting a worker for each of them.
import.meta.glob('../packages/directory/src/**/*.test.ts', { eager: true });
