-- CreateIndex
CREATE INDEX "member_corp_row_id_presence_main_department_id_sort_name_id_idx" ON "member"("corp_row_id", "presence", "main_department_id", "sort_name", "id");
