CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "department_presence" AS ENUM ('present', 'removed');

-- CreateEnum
CREATE TYPE "member_presence" AS ENUM ('present', 'left');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'auditor', 'member');

-- CreateEnum
CREATE TYPE "disabled_by" AS ENUM ('sync', 'admin');

-- CreateTable
CREATE TABLE "corp" (
    "id" SERIAL NOT NULL,
    "corp_id" TEXT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "corp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wecom_connection" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "corp_row_id" INTEGER NOT NULL,
    "agent_id" BIGINT NOT NULL,
    "secret_sealed" BYTEA NOT NULL,
    "secret_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "contact_secret_sealed" BYTEA,
    "sync_enabled" BOOLEAN NOT NULL DEFAULT false,
    "removal_guard" JSONB NOT NULL,
    "schedule" JSONB NOT NULL DEFAULT '{"kind":"off"}',
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "scheduled_up_to" TIMESTAMPTZ(3),
    "paused_error" JSONB,
    "paused_at" TIMESTAMPTZ(3),
    "failures_in_a_row" INTEGER NOT NULL DEFAULT 0,
    "back_off_error" JSONB,
    "back_off_until" TIMESTAMPTZ(3),
    "retention_days" INTEGER NOT NULL DEFAULT 180,
    "last_test" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wecom_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wecom_access_token" (
    "key" TEXT NOT NULL,
    "token_sealed" BYTEA,
    "expires_at" TIMESTAMPTZ(3),
    "refresh_owner" TEXT,
    "refresh_until" TIMESTAMPTZ(3),
    "failure" JSONB,

    CONSTRAINT "wecom_access_token_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "department" (
    "id" SERIAL NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "wecom_id" BIGINT NOT NULL,
    "parent_id" INTEGER,
    "name" TEXT NOT NULL,
    "name_en" TEXT,
    "sort_order" BIGINT NOT NULL,
    "leader_user_ids" JSONB,
    "path" TEXT NOT NULL DEFAULT '',
    "presence" "department_presence" NOT NULL DEFAULT 'present',
    "removed_at" TIMESTAMPTZ(3),
    "removed_run_id" UUID,
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "total_member_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" SERIAL NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "user_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "english_name" TEXT,
    "alias" TEXT,
    "position" TEXT,
    "status" INTEGER,
    "gender" TEXT,
    "telephone" TEXT,
    "avatar_url" TEXT,
    "thumb_avatar_url" TEXT,
    "open_user_id" TEXT,
    "external_position" TEXT,
    "external_profile" JSONB,
    "extended_attributes" JSONB,
    "direct_leader_user_ids" JSONB,
    "main_department_id" BIGINT,
    "presence" "member_presence" NOT NULL DEFAULT 'present',
    "left_at" TIMESTAMPTZ(3),
    "left_run_id" UUID,
    "erased_at" TIMESTAMPTZ(3),
    "disabled_by" "disabled_by",
    "role" "role" NOT NULL DEFAULT 'member',
    "content_hash" TEXT,
    "sort_name" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "member_id" INTEGER NOT NULL,
    "department_id" INTEGER NOT NULL,
    "sort_order" BIGINT NOT NULL,
    "is_leader" BOOLEAN NOT NULL,
    "is_main" BOOLEAN NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("member_id","department_id")
);

-- CreateTable
CREATE TABLE "member_sensitive" (
    "member_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_sensitive_pkey" PRIMARY KEY ("member_id","source")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "source" TEXT,
    "undo_of_id" UUID,
    "settings_version" INTEGER,
    "held_until" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "active_corp_row_id" INTEGER,
    "progress" JSONB NOT NULL,
    "manifest" JSONB,
    "complete" BOOLEAN,
    "counts" JSONB NOT NULL,
    "held" JSONB NOT NULL,
    "held_reasons" JSONB NOT NULL,
    "warnings" JSONB NOT NULL,
    "error" JSONB,
    "plan_fingerprint" TEXT,
    "base_revision" BIGINT,
    "unapproved_removals" JSONB,
    "applied_at" TIMESTAMPTZ(3),
    "status_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "started_by" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_change" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "entity" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "user_key" TEXT,
    "department_id" BIGINT,
    "name" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "sealed_values" BYTEA,
    "sealed_document" BYTEA,
    "derived" JSONB,
    "held" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "sync_change_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "sync_lease" (
    "corp_row_id" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "run_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_lease_pkey" PRIMARY KEY ("corp_row_id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "username_key" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "result" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "ip" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "corp_corp_id_key" ON "corp"("corp_id");

-- CreateIndex
CREATE INDEX "department_parent_id_idx" ON "department"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "department_corp_row_id_wecom_id_key" ON "department"("corp_row_id", "wecom_id");

-- CreateIndex
CREATE INDEX "member_corp_row_id_presence_sort_name_id_idx" ON "member"("corp_row_id", "presence", "sort_name", "id");

-- CreateIndex
CREATE INDEX "member_search_text_idx" ON "member" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "member_corp_row_id_user_key_key" ON "member"("corp_row_id", "user_key");

-- CreateIndex
CREATE INDEX "membership_department_id_sort_order_member_id_idx" ON "membership"("department_id", "sort_order" DESC, "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_run_undo_of_id_key" ON "sync_run"("undo_of_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_run_active_corp_row_id_key" ON "sync_run"("active_corp_row_id");

-- CreateIndex
CREATE INDEX "sync_run_corp_row_id_started_at_id_idx" ON "sync_run"("corp_row_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sync_change_user_key_idx" ON "sync_change"("user_key");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_username_key_key" ON "user_account"("username_key");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_id_idx" ON "audit_entry"("at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "wecom_connection" ADD CONSTRAINT "wecom_connection_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "department"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_sensitive" ADD CONSTRAINT "member_sensitive_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_undo_of_id_fkey" FOREIGN KEY ("undo_of_id") REFERENCES "sync_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_lease" ADD CONSTRAINT "sync_lease_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
