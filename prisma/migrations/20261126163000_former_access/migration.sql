-- AlterTable
ALTER TABLE "member" ADD COLUMN     "former_left_at" TIMESTAMPTZ(3),
ADD COLUMN     "former_role" "role";

-- Whoever has left already keeps nothing that was granted here either.
INSERT INTO "audit_entry" ("id", "action", "target", "result", "before", "after")
SELECT gen_random_uuid(), 'member.access_end', "user_id", 'succeeded', jsonb_build_object('role', "role"), '{"role": "member"}'
FROM "member" WHERE "presence" = 'left' AND "role" <> 'member';

UPDATE "member" SET "former_role" = "role", "role" = 'member' WHERE "presence" = 'left' AND "role" <> 'member';

DELETE FROM "member_authorisation" a USING "member" m WHERE m."id" = a."member_id" AND m."presence" = 'left';

DELETE FROM "member_sensitive" s USING "member" m
WHERE m."id" = s."member_id" AND m."presence" = 'left' AND s."source" = 'authorised';

DELETE FROM "session" s USING "member" m WHERE m."id" = s."member_id" AND m."presence" = 'left';
