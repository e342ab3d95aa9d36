import type { CurrentDepartment, DepartmentPlan, Snapshot } from '../types.ts';
export declare function planDepartments(
  current: Iterable<CurrentDepartment>,
  snapshot: Pick<Snapshot, 'departments' | 'roots' | 'complete'>,
): DepartmentPlan;
