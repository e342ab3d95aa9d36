import type { ReadDepartment } from '@orgmirror/planner';
import { isWecomError, WecomApiError, type WecomError } from '@orgmirror/wecom';
import { mapMember } from './map-wecom.ts';
import { forEachConcurrently, isSettingsError, nameFailure, type SnapshotRead } from './snapshot-read.ts';

/**
 * After this many consecutive failures WeCom is taken to be down: the rest is not asked, which saves an hour
 * of retries.
 */
const consecutiveFailures = 32;

type ListedDepartment = Pick<ReadDepartment, 'id' | 'name'>;

/**
 * Reads the members of each department, one call each. What fails is named in the evidence.
 * @throws WecomError when the settings are refused or nothing at all can be read
 */
export async function readMembersByDepartments(
  reading: SnapshotRead,
  departments: readonly ListedDepartment[],
): Promise<void> {
  const { options, builder, evidence, progress } = reading;
  let consecutive = 0;
  let stoppedBy: WecomError | undefined;
  await forEachConcurrently(departments, options.maxConcurrency, async (department) => {
    const { id } = department;
    if (stoppedBy) {
      evidence.departmentsFailed.push(describeFailure(department, stoppedBy));
      return;
    }
    try {
      const members = await options.client.listMembers(id, { signal: options.signal });
      for (const member of members) builder.addMember(mapMember(member, id));
      consecutive = 0;
      evidence.departmentsAnswered++;
      reading.answeredIds.add(id);
      progress.membersRead = builder.memberCount();
    } catch (error) {
      if (!isWecomError(error) || isSettingsError(error)) throw error;
      evidence.departmentsFailed.push(describeFailure(department, error));
      if (++consecutive >= consecutiveFailures || isLimit(error)) stoppedBy = error;
      if (stoppedBy && evidence.departmentsAnswered === 0) throw error;
    }
    progress.departmentsRead++;
    options.onProgress(progress);
  });
  evidence.departmentsFailed.sort((a, b) => a.id - b.id);
}

const describeFailure = ({ id, name }: ListedDepartment, error: WecomError) => ({
  id,
  ...(name && { name }),
  ...nameFailure(error),
});

const isLimit = (error: WecomError): boolean => error instanceof WecomApiError && error.kind === 'rate';
