-- AlterTable
ALTER TABLE "session" ADD COLUMN     "member_id" INTEGER,
ALTER COLUMN "user_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "sync_run" ADD COLUMN     "drift" JSONB,
ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'full',
ADD COLUMN     "targets" JSONB;

-- AlterTable
ALTER TABLE "wecom_connection" ADD COLUMN     "qr_sign_in_enabled" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "member_authorisation" (
    "member_id" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_authorisation_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "auth_provider" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL,
    "scope" TEXT NOT NULL,
    "return_origin" TEXT,
    "verification_file_name" TEXT,
    "verification_file_content" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auth_provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_state" (
    "state_hash" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "mode" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "code_hash" BYTEA,
    "session_id" UUID,
    "error" TEXT,

    CONSTRAINT "sign_in_state_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "callback_endpoint" (
    "corp_row_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "token_sealed" BYTEA NOT NULL,
    "aes_key_sealed" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "last_event_at" TIMESTAMPTZ(3),
    "rejected_count" INTEGER NOT NULL DEFAULT 0,
    "last_rejected_at" TIMESTAMPTZ(3),
    "last_rejection" TEXT,

    CONSTRAINT "callback_endpoint_pkey" PRIMARY KEY ("corp_row_id","source")
);

-- CreateTable
CREATE TABLE "callback_event" (
    "id" UUID NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "event" TEXT NOT NULL,
    "change_type" TEXT,
    "object" TEXT,
    "new_object" TEXT,
    "sealed" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "run_id" UUID,
    "occurred_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "callback_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_in_state_expires_at_idx" ON "sign_in_state"("expires_at");

-- CreateIndex
CREATE INDEX "callback_event_corp_row_id_status_received_at_idx" ON "callback_event"("corp_row_id", "status", "received_at");

-- CreateIndex
CREATE INDEX "callback_event_corp_row_id_received_at_id_idx" ON "callback_event"("corp_row_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "callback_event_corp_row_id_digest_key" ON "callback_event"("corp_row_id", "digest");

-- CreateIndex
CREATE INDEX "session_member_id_idx" ON "session"("member_id");

-- AddForeignKey
ALTER TABLE "member_authorisation" ADD CONSTRAINT "member_authorisation_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_endpoint" ADD CONSTRAINT "callback_endpoint_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_event" ADD CONSTRAINT "callback_event_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
