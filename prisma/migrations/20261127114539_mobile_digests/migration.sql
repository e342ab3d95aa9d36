-- AlterTable
ALTER TABLE "member_sensitive" ADD COLUMN     "mobile_digest" TEXT;

-- AlterTable
ALTER TABLE "sync_change" ADD COLUMN     "mobile_digest" TEXT;

-- CreateIndex
CREATE INDEX "member_sensitive_mobile_digest_idx" ON "member_sensitive"("mobile_digest");
