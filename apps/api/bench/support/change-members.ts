import type { BenchServer } from './bench-server.ts';

export const membersChanged = 100;

/** Moves, renames, promotes and dismisses members: those with the highest numbers, who lead no department. */
export async function changeMembers({ corp, wecom }: BenchServer): Promise<void> {
  for (let index = 0; index < membersChanged; index++) {
    const userid = `u${corp.members - index}`;
    if (index % 10 === 0) await wecom('leave', { userid });
    else if (index % 3 === 0) await wecom('move', { userid, departmentIds: [1 + (index % 7)] });
    else if (index % 3 === 1) await wecom('rename', { userid, name: `改名${index}` });
    else await wecom('set-position', { userid, position: `岗位${index}` });
  }
}
