-- Which key an Opstrace id belongs to. Rows stay when the key is removed: tokens that name the id
-- outlive it, and must never come to mean another key (SHA-1 collides).
CREATE TABLE opstrace_id (
  opstrace_id text NOT NULL,
  key_id      text NOT NULL,
  PRIMARY KEY (opstrace_id),
  UNIQUE (opstrace_id, key_id)
);

-- Public keys that may sign tenant API tokens, one row per key and owner.
CREATE TABLE anchor (
  id                 uuid        PRIMARY KEY,
  key_id             text        NOT NULL,  -- RFC 7638 thumbprint
  opstrace_id        text        NOT NULL,
  spki               text        NOT NULL,  -- DER SubjectPublicKeyInfo, base64
  algorithm          text        NOT NULL,
  size               integer,
  curve              text,
  owner              text        NOT NULL COLLATE "C",  -- a tenant, or '*'
  owner_id           uuid,       -- its registration; NULL exactly for '*'
  scopes             text        NOT NULL,  -- separated by spaces, sorted
  description        text,
  created_at         timestamptz NOT NULL,
  expires_at         timestamptz,
  max_token_lifetime bigint,     -- seconds
  revision           bigint      NOT NULL,
  CONSTRAINT anchor_of_owner UNIQUE (owner, key_id),
  CONSTRAINT anchor_opstrace_id FOREIGN KEY (opstrace_id, key_id)
    REFERENCES opstrace_id (opstrace_id, key_id),
  CHECK ((owner = '*') = (owner_id IS NULL))
);

CREATE INDEX anchor_by_key ON anchor (key_id);
CREATE INDEX anchor_by_opstrace_id ON anchor (opstrace_id);
