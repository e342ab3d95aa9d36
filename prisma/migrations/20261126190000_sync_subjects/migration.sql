-- AlterTable
ALTER TABLE "sync_run" ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "decided_by" TEXT,
ADD COLUMN     "subjects" JSONB,
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sync_subject" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "department_id" BIGINT,

    CONSTRAINT "sync_subject_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateIndex
CREATE INDEX "sync_subject_run_id_section_seq_idx" ON "sync_subject"("run_id", "section", "seq");

-- CreateIndex
CREATE INDEX "sync_subject_run_id_held_seq_idx" ON "sync_subject"("run_id", "held", "seq");

-- The runs so far, as record-subjects.ts does it for later ones.
INSERT INTO "sync_subject" (run_id, seq, section, held, department_id)
SELECT run_id, coalesce(min(seq) FILTER (WHERE entity = 'member'), min(seq)),
  CASE
    WHEN bool_or(entity = 'member' AND kind = 'remove') THEN 'leave'
    WHEN bool_or(entity = 'member' AND kind IN ('create', 'restore')) THEN 'join'
    WHEN bool_or(entity = 'membership' AND (kind <> 'update' OR after ? 'isMain')) THEN 'move'
    ELSE 'update'
  END,
  bool_or(held),
  coalesce(
    max(department_id) FILTER (WHERE kind <> 'remove' AND (after->>'isMain')::bool),
    max(department_id) FILTER (WHERE kind = 'remove' AND (before->>'isMain')::bool)
  )
FROM "sync_change" WHERE user_key IS NOT NULL GROUP BY run_id, user_key
UNION ALL
SELECT run_id, seq, 'department', held, NULL FROM "sync_change" WHERE entity = 'department';

UPDATE "sync_run" run SET subjects = coalesce((
  SELECT jsonb_object_agg(section, jsonb_build_object('free', free, 'held', held)) FROM (
    SELECT section, count(*) FILTER (WHERE NOT held) AS free, count(*) FILTER (WHERE held) AS held
    FROM "sync_subject" WHERE run_id = run.id GROUP BY section
  ) AS counted
), '{}')
WHERE plan_fingerprint IS NOT NULL;

UPDATE "sync_run" SET waiting_since = held_until - interval '72 hours' WHERE held_until IS NOT NULL;
