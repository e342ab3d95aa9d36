-- AlterTable
ALTER TABLE "notice_settings" ADD COLUMN     "email_muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "webhook_muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "wecom_muted" TEXT[] DEFAULT ARRAY[]::TEXT[];
