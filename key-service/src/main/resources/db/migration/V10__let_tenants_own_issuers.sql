-- Issuers of the configuration belong to '*', those that came by the API to a tenant. A replica of
-- the version before writes rows without an owner: they are of the configuration.
ALTER TABLE issuer
  ADD COLUMN owner      text        NOT NULL DEFAULT '*' COLLATE "C",
  ADD COLUMN owner_id   uuid,       -- its registration; NULL exactly for '*'
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN last_error text,       -- why the last fetch failed, in one word
  ADD CONSTRAINT issuer_owner_id CHECK ((owner = '*') = (owner_id IS NULL)),
  ADD CONSTRAINT issuer_of_owner UNIQUE (owner, name),
  DROP CONSTRAINT issuer_name_taken;

CREATE INDEX issuer_by_url ON issuer (url);
CREATE INDEX issuer_by_owner_id ON issuer (owner_id);
CREATE INDEX issuer_by_next_fetch ON issuer (next_fetch_at);
