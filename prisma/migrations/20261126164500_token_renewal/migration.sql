-- AlterTable
ALTER TABLE "wecom_access_token" ADD COLUMN     "renew_at" TIMESTAMPTZ(3);
