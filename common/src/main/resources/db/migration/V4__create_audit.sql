-- Who did what: a log in which each entry carries the hash of all before it. One row, audit_head,
-- says how far it goes: whoever appends locks it until commit, always after feed_head.

CREATE TABLE audit (
  sequence bigint PRIMARY KEY,
  previous text   NOT NULL, -- hash of the entry before
  hash     text   NOT NULL, -- SHA-256 of previous, sequence and content
  content  text   NOT NULL, -- JSON, hashed byte for byte
  -- What lists filter by is generated from what is hashed, so that the two cannot differ.
  at       text COLLATE "C" NOT NULL GENERATED ALWAYS AS (content::json ->> 'at') STORED,
  tenant   text COLLATE "C" NOT NULL GENERATED ALWAYS AS (content::json ->> 'tenant') STORED,
  actor    text             GENERATED ALWAYS AS
    (coalesce(content::json #>> '{actor,username}', content::json #>> '{actor,key}')) STORED,
  action   text    NOT NULL GENERATED ALWAYS AS (content::json ->> 'action') STORED,
  outcome  text    NOT NULL GENERATED ALWAYS AS (content::json ->> 'outcome') STORED
);

CREATE INDEX audit_by_time ON audit (at, sequence);
CREATE INDEX audit_by_tenant ON audit (tenant, sequence);
CREATE INDEX audit_by_actor ON audit (actor, sequence);

CREATE TABLE audit_head (
  only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sequence       bigint NOT NULL DEFAULT 0,
  hash           text   NOT NULL DEFAULT repeat('0', 64),
  at             text   NOT NULL DEFAULT '',
  seal           text   NOT NULL DEFAULT '', -- keyed; empty: nothing vouches for it
  -- Entries up to here were pruned.
  pruned_through bigint NOT NULL DEFAULT 0,
  pruned_hash    text   NOT NULL DEFAULT repeat('0', 64),
  pruned_seal    text   NOT NULL DEFAULT ''
);

INSERT INTO audit_head DEFAULT VALUES;

-- An operator's word that followers may take the epoch of this feed from its beginning; keyed.
ALTER TABLE feed_head ADD COLUMN accepted text;
