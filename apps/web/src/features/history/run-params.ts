import type { SubjectSection } from '@orgmirror/contracts';
import { findSection } from '../../entities/runs/subject-sections.ts';

/** What the address of a run's page keeps. */
export interface RunParams {
  /** Undefined = all, a few rows each. */
  readonly section: SubjectSection | undefined;
  readonly q: string;
  readonly departmentId: number | undefined;
}

export const noParams: RunParams = { section: undefined, q: '', departmentId: undefined };

/** Reads an address; anything unknown in it counts as not given. */
export function readRunParams(search: URLSearchParams): RunParams {
  const department = search.get('department') ?? '';
  return {
    section: findSection(search.get('section')),
    q: search.get('q') ?? '',
    departmentId: /^[1-9]\d{0,15}$/.test(department) ? Number(department) : undefined,
  };
}

/** Writes an address, leaving out defaults. */
export function formatRunParams({ section, q, departmentId }: RunParams): URLSearchParams {
  const search = new URLSearchParams();
  if (section !== undefined) search.set('section', section);
  if (q !== '') search.set('q', q);
  if (departmentId !== undefined) search.set('department', String(departmentId));
  return search;
}
