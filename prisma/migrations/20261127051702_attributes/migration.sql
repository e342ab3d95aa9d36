-- CreateTable
CREATE TABLE "attribute" (
    "id" SERIAL NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "choices" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attribute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_attributes" (
    "member_id" INTEGER NOT NULL,
    "values" JSONB NOT NULL,
    "search_text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_attributes_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "attribute_import" (
    "id" UUID NOT NULL,
    "corp_row_id" INTEGER NOT NULL,
    "owner_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'judging',
    "columns" TEXT[],
    "counts" JSONB,
    "fingerprint" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attribute_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attribute_import_row" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "attribute_key" TEXT,
    "given" TEXT,
    "member_id" INTEGER,
    "before" JSONB,
    "after" JSONB,
    "search_text" TEXT,

    CONSTRAINT "attribute_import_row_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateIndex
CREATE UNIQUE INDEX "attribute_corp_row_id_key_key" ON "attribute"("corp_row_id", "key");

-- CreateIndex
CREATE INDEX "member_attributes_search_text_idx" ON "member_attributes" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "attribute_import_expires_at_idx" ON "attribute_import"("expires_at");

-- AddForeignKey
ALTER TABLE "attribute" ADD CONSTRAINT "attribute_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_attributes" ADD CONSTRAINT "member_attributes_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribute_import" ADD CONSTRAINT "attribute_import_corp_row_id_fkey" FOREIGN KEY ("corp_row_id") REFERENCES "corp"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribute_import_row" ADD CONSTRAINT "attribute_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "attribute_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
