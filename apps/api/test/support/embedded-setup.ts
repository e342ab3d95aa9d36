import type { TestProject } from 'vitest/node';
import { bundleOnce } from './bundle-once.ts';
import { createEmbeddedTemplate } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a migrated and of an empty embedded database, to be copied. */
    embeddedTemplate: string;
  }
}

/** Embedded databases for all stories; each works on a copy. Meanwhile servers are bundled. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [template] = await Promise.all([createEmbeddedTemplate(), bundleOnce()]);
  project.provide('embeddedTemplate', template.folder);
  return template.remove;
}
