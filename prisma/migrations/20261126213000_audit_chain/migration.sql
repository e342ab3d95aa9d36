-- CreateTable
CREATE TABLE "audit_link" (
    "seq" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT NOT NULL,
    "entry_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("seq")
);

-- apps/api/src/audit/verify-chain.ts computes the same three from what is stored.
CREATE FUNCTION hash_audit_entry(entry audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch FROM entry.at) * 1000)::bigint, entry.actor,
    entry.action, entry.target, entry.result, entry.before, entry.after, entry.ip, entry.request_id)::text, 'UTF8'))
$$;
CREATE FUNCTION name_audit_place(seq bigint, id uuid, at timestamptz, result text) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT convert_to(concat_ws(' ', seq, id, (extract(epoch FROM at) * 1000)::bigint, result), 'UTF8')
$$;
CREATE FUNCTION extend_audit_chain(last_hash bytea, link bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(last_hash || link)
$$;

-- At the end of each transaction, so that no writer waits for another's work: only for its commit.
CREATE FUNCTION link_new_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry_hash bytea := hash_audit_entry(NEW);
  last record;
  next_seq bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7039218045330201); -- one at a time; released by the commit
  SELECT l.seq, l.hash INTO last FROM audit_link l ORDER BY l.seq DESC LIMIT 1;
  next_seq := coalesce(last.seq, 0) + 1;
  INSERT INTO audit_link (seq, entry_id, at, result, entry_hash, hash)
  VALUES (next_seq, NEW.id, NEW.at, NEW.result, entry_hash, extend_audit_chain(coalesce(last.hash, ''),
    entry_hash || name_audit_place(next_seq, NEW.id, NEW.at, NEW.result)));
  RETURN NULL;
END $$;

-- The ages are those of apps/api/src/audit/purge-entries.ts, less a day in which clocks may differ; in hours, since
-- days have 23 to 25 of them.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_entry' THEN
    IF OLD.at < now() - (CASE OLD.result WHEN 'failed' THEN interval '4536 hours' ELSE interval '26328 hours' END) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;

-- From here on nobody else writes entries until the commit: none is missed below.
CREATE CONSTRAINT TRIGGER link_entry AFTER INSERT ON "audit_entry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_new_audit_entry();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "audit_link"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "audit_link"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- What earlier releases wrote is taken in as it stands now, in one pass.
CREATE AGGREGATE chain_audit_links(bytea) (SFUNC = extend_audit_chain, STYPE = bytea, INITCOND = '');
INSERT INTO audit_link (seq, entry_id, at, result, entry_hash, hash)
SELECT seq, id, at, result, entry_hash,
  chain_audit_links(entry_hash || name_audit_place(seq, id, at, result)) OVER (ORDER BY seq)
FROM (SELECT row_number() OVER (ORDER BY at, id) AS seq, id, at, result, hash_audit_entry(e) AS entry_hash
      FROM audit_entry e) AS entry;
DROP AGGREGATE chain_audit_links(bytea);

-- CreateIndex
CREATE UNIQUE INDEX "audit_link_entry_id_key" ON "audit_link"("entry_id");
