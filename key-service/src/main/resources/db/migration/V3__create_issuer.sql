-- OIDC issuers, and how the fetching of their keys stands.
CREATE TABLE issuer (
  id            uuid        PRIMARY KEY,
  name          text        NOT NULL,
  url           text        NOT NULL,
  entry         text        NOT NULL,  -- what the gateways were told last: an IssuerEntry as JSON
  revision      bigint      NOT NULL,
  attempted_at  timestamptz,           -- start of the last fetch
  next_fetch_at timestamptz NOT NULL,
  leased_until  timestamptz,           -- a replica is fetching
  failures      integer     NOT NULL,  -- in a row
  CONSTRAINT issuer_name_taken UNIQUE (name)
);
