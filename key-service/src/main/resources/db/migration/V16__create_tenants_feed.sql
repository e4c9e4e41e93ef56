-- Where this service stands in the feed of the tenants, and which replica follows it.
CREATE TABLE tenants_feed (
  only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch        uuid,       -- NULL: nothing is known yet
  revision     bigint      NOT NULL DEFAULT 0,
  hash         text        NOT NULL DEFAULT repeat('0', 64),
  leased_by    text,
  leased_until timestamptz NOT NULL DEFAULT '-infinity'
);

INSERT INTO tenants_feed DEFAULT VALUES;

-- Registrations that are known to be gone, for as long as a write that has looked one up before may
-- still be under way.
CREATE TABLE removed_registration (
  id         uuid        PRIMARY KEY,
  removed_at timestamptz NOT NULL
);
