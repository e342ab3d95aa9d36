-- CreateIndex
CREATE INDEX "sync_change_run_id_entity_kind_seq_idx" ON "sync_change"("run_id", "entity", "kind", "seq");
