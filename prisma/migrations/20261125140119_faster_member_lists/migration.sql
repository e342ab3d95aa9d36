-- What is searched for is kept in letters of ASCII from now on, as apps/api/src/search-alphabet.ts writes it.
CREATE FUNCTION pg_temp.encode_for_search(letters text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(
    CASE WHEN code < 128 THEN letter
         ELSE chr(65 + code / 46656) || substr(digits, code / 1296 % 36 + 1, 1)
              || substr(digits, code / 36 % 36 + 1, 1) || substr(digits, code % 36 + 1, 1) END, '' ORDER BY place)
  FROM (
    SELECT letter, ascii(letter) AS code, place, '0123456789abcdefghijklmnopqrstuvwxyz' AS digits
    FROM regexp_split_to_table(letters, '') WITH ORDINALITY AS split (letter, place)
  ) AS coded
$$;

CREATE FUNCTION pg_temp.join_for_search(tokens text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(
    CASE WHEN ascii(token) < 128 THEN ' ' ELSE 'Y' END || pg_temp.encode_for_search(token), ''
    ORDER BY ascii(token) >= 128, place)
  FROM regexp_split_to_table(btrim(tokens), ' ') WITH ORDINALITY AS split (token, place)
$$;

UPDATE "member" SET "search_text" = pg_temp.join_for_search("search_text")
WHERE octet_length("search_text") <> length("search_text");

-- Plans that wait for approval bring search texts of their own.
UPDATE "sync_change" c
SET "derived" = jsonb_set(c."derived", '{searchText}', to_jsonb(pg_temp.join_for_search(c."derived"->>'searchText')))
FROM "sync_run" r
WHERE r."id" = c."run_id" AND r."status" = 'awaitingApproval' AND c."derived" ? 'searchText'
  AND octet_length(c."derived"->>'searchText') <> length(c."derived"->>'searchText');

-- CreateIndex
CREATE INDEX "member_corp_row_id_presence_status_sort_name_id_idx" ON "member"("corp_row_id", "presence", "status", "sort_name", "id");
