-- Tokens that are refused though their key is trusted, and who says so.
CREATE TABLE revocation (
  id           uuid        PRIMARY KEY,
  owner        text        NOT NULL COLLATE "C",  -- a tenant, or '*'
  owner_id     uuid,        -- its registration; NULL exactly for '*'
  type         text        NOT NULL,
  value        text        NOT NULL,
  issuer       text,        -- iss of the tokens that are meant
  key_id       text,        -- RFC 7638 thumbprint of the key that signed them
  not_before   timestamptz,
  expires_at   timestamptz, -- of the tokens
  vanishes_at  timestamptz,
  reason       text,
  content_hash text        NOT NULL,  -- SHA-256 of all the above but the id
  created_at   timestamptz NOT NULL,
  revision     bigint      NOT NULL,
  CONSTRAINT revocation_once UNIQUE (content_hash),
  CHECK ((owner = '*') = (owner_id IS NULL))
);

CREATE INDEX revocation_by_owner ON revocation (owner);
CREATE INDEX revocation_by_registration ON revocation (owner_id);
CREATE INDEX revocation_by_age ON revocation (created_at, id);
CREATE INDEX revocation_by_end ON revocation (vanishes_at) WHERE vanishes_at IS NOT NULL;
