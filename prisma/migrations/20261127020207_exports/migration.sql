-- CreateTable
CREATE TABLE "export" (
    "id" UUID NOT NULL,
    "owner_id" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "language" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "size" BIGINT,
    "error" JSONB,
    "file_key_sealed" BYTEA NOT NULL,
    "claim" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_part" (
    "export_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "export_part_pkey" PRIMARY KEY ("export_id","seq")
);

-- CreateIndex
CREATE INDEX "export_owner_id_created_at_idx" ON "export"("owner_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "export_status_idx" ON "export"("status");

-- CreateIndex
CREATE INDEX "export_expires_at_idx" ON "export"("expires_at");

-- AddForeignKey
ALTER TABLE "export_part" ADD CONSTRAINT "export_part_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "export"("id") ON DELETE CASCADE ON UPDATE CASCADE;
