-- DropIndex
DROP INDEX "sync_subject_run_id_held_seq_idx";

-- DropIndex
DROP INDEX "sync_subject_run_id_section_seq_idx";

-- AlterTable
ALTER TABLE "sync_subject" DROP CONSTRAINT "sync_subject_pkey",
ADD CONSTRAINT "sync_subject_pkey" PRIMARY KEY ("run_id", "section", "held", "seq");
