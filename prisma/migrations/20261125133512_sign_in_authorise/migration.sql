-- AlterTable
ALTER TABLE "sign_in_state" ADD COLUMN     "authorise" BOOLEAN NOT NULL DEFAULT false;
