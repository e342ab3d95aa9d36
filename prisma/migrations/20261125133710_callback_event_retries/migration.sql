-- AlterTable
ALTER TABLE "callback_event" ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(3);
