-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "request_id" TEXT;

-- CreateIndex
CREATE INDEX "audit_entry_actor_at_id_idx" ON "audit_entry"("actor", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_action_at_id_idx" ON "audit_entry"("action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_target_at_id_idx" ON "audit_entry"("target", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sync_run_corp_row_id_status_started_at_id_idx" ON "sync_run"("corp_row_id", "status", "started_at" DESC, "id" DESC);
