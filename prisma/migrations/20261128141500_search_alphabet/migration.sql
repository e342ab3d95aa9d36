-- What is beyond ASCII is encoded so that no term of ASCII meets a part of it, and a head that begins beyond ASCII has a
-- mark of its own, as apps/api/src/directory/search/search-alphabet.ts writes them: a search need not look twice.
CREATE FUNCTION pg_temp.encode_again(earlier text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(string_agg(
    CASE WHEN part[2] IS NULL THEN part[1]
         ELSE chr(65 + high / 24) || substr(part[2], 3) || chr(65 + high % 24) END, '' ORDER BY place), '')
  FROM regexp_matches(earlier, '([^A-X]+)|([A-X][0-9a-z]{3})', 'g') WITH ORDINALITY AS split (part, place)
  CROSS JOIN LATERAL (
    SELECT ((ascii(part[2]) - 65) * 36 + strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(part[2], 2, 1)) - 1) % 505
  ) AS digits (high)
$$;

CREATE FUNCTION pg_temp.to_new_alphabet(earlier text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.encode_again(regexp_replace(earlier, 'ZZ(?=[A-X])', 'ZY', 'g'))
$$;

DROP INDEX "member_search_text_idx";
UPDATE "member" SET "search_text" = pg_temp.to_new_alphabet("search_text") WHERE "search_text" ~ '[A-X]';
CREATE INDEX "member_search_text_idx" ON "member" USING GIN ("search_text" gin_trgm_ops);

UPDATE "member_attributes" SET "search_text" = pg_temp.to_new_alphabet("search_text");
UPDATE "attribute_import_row" SET "search_text" = pg_temp.to_new_alphabet("search_text") WHERE "search_text" IS NOT NULL;

-- Plans that are not applied yet bring search texts of their own.
UPDATE "sync_change" c
SET "derived" = jsonb_set(c."derived", '{searchText}', to_jsonb(pg_temp.to_new_alphabet(c."derived"->>'searchText')))
FROM "sync_run" r
WHERE r."id" = c."run_id" AND r."finished_at" IS NULL AND c."derived" ? 'searchText';
