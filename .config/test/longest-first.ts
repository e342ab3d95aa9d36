import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The projects in the order of what their longest file takes. */
const order = ['browser', 'api-embedded', 'api-postgres', 'web', 'properties', 'api-units', 'packages'];

/** Begins with what takes longest, so that no worker is left with a long file at the end. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ project, moduleId }: TestSpecification) =>
      2 * order.indexOf(project.name) + (moduleId.endsWith('.sweep.test.ts') ? 0 : 1);
    const sorted = await super.sort(files); // by size, or by what they took last time
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
