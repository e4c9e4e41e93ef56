-- Tokens issued earlier are refused, whatever the key says.
ALTER TABLE anchor ADD COLUMN tokens_not_before timestamptz;

-- To the minute, as the gateways report it.
ALTER TABLE anchor ADD COLUMN last_used_at timestamptz;

-- The user whose personal key it is: the registration of the issuer, and the name.
ALTER TABLE anchor ADD COLUMN personal_issuer uuid;
ALTER TABLE anchor ADD COLUMN personal_username text;
ALTER TABLE anchor ADD CONSTRAINT anchor_personal
  CHECK ((personal_issuer IS NULL) = (personal_username IS NULL)
         AND (personal_issuer IS NULL OR owner_id IS NOT NULL));

CREATE INDEX anchor_by_registration ON anchor (owner_id);
CREATE INDEX anchor_by_user ON anchor (personal_issuer, personal_username)
  WHERE personal_issuer IS NOT NULL;
