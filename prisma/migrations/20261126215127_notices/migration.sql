-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "error" JSONB,
    "run_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "repeat_of_id" UUID,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_delivery" (
    "notice_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "error" JSONB,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("notice_id","channel")
);

-- CreateTable
CREATE TABLE "notice_reader" (
    "reader" TEXT NOT NULL,
    "read_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_reader_pkey" PRIMARY KEY ("reader")
);

-- CreateTable
CREATE TABLE "notice_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "quiet_from" TEXT,
    "quiet_to" TEXT,
    "wecom_enabled" BOOLEAN NOT NULL DEFAULT false,
    "wecom_user_ids" TEXT[],
    "email_enabled" BOOLEAN NOT NULL DEFAULT false,
    "mail_host" TEXT NOT NULL DEFAULT '',
    "mail_port" INTEGER NOT NULL DEFAULT 465,
    "mail_security" TEXT NOT NULL DEFAULT 'tls',
    "mail_username" TEXT NOT NULL DEFAULT '',
    "mail_password_sealed" BYTEA,
    "mail_from" TEXT NOT NULL DEFAULT '',
    "mail_to" TEXT[],
    "webhook_enabled" BOOLEAN NOT NULL DEFAULT false,
    "webhook_url" TEXT NOT NULL DEFAULT '',
    "webhook_secret_sealed" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_settings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notice_source_key" ON "notice"("source");

-- CreateIndex
CREATE INDEX "notice_at_id_idx" ON "notice"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notice_topic_at_idx" ON "notice"("topic", "at" DESC);

-- CreateIndex
CREATE INDEX "notice_repeat_of_id_idx" ON "notice"("repeat_of_id");

-- CreateIndex
CREATE INDEX "notice_delivery_status_next_attempt_at_idx" ON "notice_delivery"("status", "next_attempt_at");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_repeat_of_id_fkey" FOREIGN KEY ("repeat_of_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
