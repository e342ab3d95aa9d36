import type { Prisma, NoticeSettings as SettingsRow } from '../platform/database/generated/client.ts';

export type SavedNoticeSettings = SettingsRow;

/** A client or an open transaction of it. */
type Executor = Pick<Prisma.TransactionClient, 'noticeSettings' | 'wecomConnection'>;

const settingsId = 1;

/** The saved settings, null before the first save. */
export const findNoticeSettings = (prisma: Executor): Promise<SavedNoticeSettings | null> =>
  prisma.noticeSettings.findUnique({ where: { id: settingsId } });

/** Saves over version `expectedVersion`, 0 for the first save; false when someone else saved in between. */
export async function writeNoticeSettings(
  prisma: Executor,
  expectedVersion: number,
  values: Omit<Prisma.NoticeSettingsCreateManyInput, 'id' | 'version' | 'updatedAt'>,
): Promise<boolean> {
  const { count } =
    expectedVersion === 0
      ? await prisma.noticeSettings.createMany({ data: { ...values, id: settingsId }, skipDuplicates: true })
      : await prisma.noticeSettings.updateMany({
          where: { id: settingsId, version: expectedVersion },
          data: { ...values, version: { increment: 1 } },
        });
  return count === 1;
}
