-- Earlier releases sent instants as the wall time of UTC without saying so, which a session that is not at UTC took for
-- its own (prisma/orm#26786): what they wrote through Prisma is off by that zone's offset. What SQL wrote by now(), such as
-- left_at, received_at and expires_at of sync_lease, is right and stays. The zone is the one that this session has, as
-- theirs had; docs/operations.md says what to do when it was changed meanwhile.
DO $$
DECLARE
  zone text := current_setting('TimeZone');
  written record;
BEGIN
  IF zone IN ('UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Zulu', 'Etc/Zulu', 'UCT', 'Etc/UCT', 'Universal', 'Etc/Universal') THEN
    RETURN;
  END IF;
  FOR written IN
    SELECT * FROM (VALUES
      ('corp', '{created_at}'::text[], 'true'),
      ('wecom_connection', '{secret_updated_at,scheduled_up_to,paused_at,back_off_until,updated_at}', 'true'),
      ('wecom_access_token', '{expires_at,refresh_until}', 'true'),
      ('member_sensitive', '{updated_at}', 'source = ''authorised'''),
      ('member_authorisation', '{decided_at}', 'true'),
      ('sync_run', '{held_until,applied_at,status_changed_at,cancel_requested_at,started_at,finished_at}', 'true'),
      ('user_account', '{created_at}', 'true'),
      ('session', '{created_at,expires_at,last_seen_at}', 'true'),
      ('auth_provider', '{created_at,updated_at}', 'true'),
      ('sign_in_state', '{created_at,expires_at,used_at}', 'true'),
      ('callback_endpoint', '{updated_at,verified_at,last_event_at,last_rejected_at}', 'true'),
      ('rate_limit', '{expire}', 'true'),
      ('audit_entry', '{at}', 'true')
    ) AS list (name, instants, condition)
  LOOP
    EXECUTE format('UPDATE %I SET %s WHERE %s', written.name,
      (SELECT string_agg(format('%1$I = (%1$I AT TIME ZONE %2$L) AT TIME ZONE ''UTC''', instant, zone), ', ')
       FROM unnest(written.instants) AS instant),
      written.condition);
  END LOOP;
END $$;
