-- CreateTable
CREATE TABLE "wecom_call_budget" (
    "purpose" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "wecom_call_budget_pkey" PRIMARY KEY ("purpose")
);
