import type { SubjectSection, SyncRun } from '@orgmirror/contracts';

/** All sections by risk. The contract has the same list, whose import would ship its schemas to the browser. */
const sections = [
  'held',
  'leave',
  'join',
  'move',
  'update',
  'department',
] as const satisfies readonly SubjectSection[];

export interface ShownSection {
  section: SubjectSection;
  count: number;
  /** Of what is held: whether it still waits, rather than was never approved. */
  isPending: boolean;
}

/** The sections of a run that have any member or department, the riskiest first. */
export const shownSections = ({ subjects, status }: Pick<SyncRun, 'subjects' | 'status'>): ShownSection[] =>
  sections
    .map((section) => ({
      section,
      count: subjects?.[section] ?? 0,
      isPending: status === 'awaitingApproval',
    }))
    .filter(({ count }) => count > 0);

/** How many members and departments a run changes. */
export const countSubjects = (run: Pick<SyncRun, 'subjects' | 'status'>): number =>
  shownSections(run).reduce((sum, { count }) => sum + count, 0);

export const findSection = (text: string | null): SubjectSection | undefined =>
  sections.find((section) => section === text);
