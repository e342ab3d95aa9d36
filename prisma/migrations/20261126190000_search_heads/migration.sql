-- A search shows first whose name, or its reading, is or begins with what is looked for: the search text gets
-- these heads, as apps/api/src/directory/search/search-alphabet.ts writes them. lower() knows the letters beyond
-- ASCII only where the database's locale does; elsewhere a name in such capitals is no head until it changes.
CREATE FUNCTION pg_temp.encode_head(head text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN octet_length(joined) = length(joined) THEN joined ELSE (
    SELECT string_agg(
      CASE WHEN code < 128 THEN letter
           ELSE chr(65 + code / 46656) || substr(digits, code / 1296 % 36 + 1, 1)
                || substr(digits, code / 36 % 36 + 1, 1) || substr(digits, code % 36 + 1, 1) END, '' ORDER BY place)
    FROM (
      SELECT letter, ascii(letter) AS code, place, '0123456789abcdefghijklmnopqrstuvwxyz' AS digits
      FROM regexp_split_to_table(joined, '') WITH ORDINALITY AS split (letter, place)
    ) AS coded
  ) END
  FROM regexp_replace(btrim(head), '[\s\u00a0\u3000]+', 'Y', 'g') AS joined
$$;

CREATE FUNCTION pg_temp.join_heads(names text[], readings text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(string_agg('ZZ' || pg_temp.encode_head(head), '' ORDER BY place) FILTER (WHERE is_name), '')
    || 'ZZ' || coalesce(string_agg(pg_temp.encode_head(head), 'YZZ' ORDER BY place) FILTER (WHERE NOT is_name), '')
  FROM (
    SELECT DISTINCT ON (head) head, is_name, place
    FROM (
      SELECT left(lower(name), 100) AS head, true AS is_name, place
      FROM unnest(names) WITH ORDINALITY AS given (name, place)
      UNION ALL
      SELECT reading, false, 100 + place FROM unnest(readings) WITH ORDINALITY AS read (reading, place)
    ) AS heads
    WHERE btrim(head) <> ''
    ORDER BY head, place
  ) AS different
$$;

UPDATE "member" SET "search_text" = "search_text" || pg_temp.join_heads(
  ARRAY["name", "alias", "english_name", "user_id"],
  ARRAY[replace("sort_name", ' ', ''), regexp_replace("sort_name", '(\S)\S*\s*', '\1', 'g')]
);
