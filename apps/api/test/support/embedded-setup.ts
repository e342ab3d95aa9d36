import type { TestProject } from 'vitest/node';
import { createEmbeddedTemplate } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a migrated and of an empty embedded database, to be copied. */
    embeddedTemplate: string;
  }
}

/** Embedded databases for all stories; each works on a copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const template = await createEmbeddedTemplate();
  project.provide('embeddedTemplate', template.folder);
  return template.remove;
}
