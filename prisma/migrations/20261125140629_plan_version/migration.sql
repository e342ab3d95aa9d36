-- AlterTable
ALTER TABLE "wecom_connection" ADD COLUMN     "plan_version" INTEGER NOT NULL DEFAULT 1;

-- Plans that wait for approval name the version of all settings.
UPDATE "wecom_connection" SET "plan_version" = "version";
