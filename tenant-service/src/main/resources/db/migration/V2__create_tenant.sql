-- Names compare byte by byte (COLLATE "C"), so that lists have one order everywhere and a prefix
-- is a range of the index.

CREATE TABLE tenant (
  id                uuid PRIMARY KEY,
  name              text COLLATE "C" NOT NULL,
  parent_id         uuid,
  org_id            text NOT NULL,
  display_name      text,
  status            text NOT NULL CHECK (status IN ('active', 'suspended')),
  tokens_not_before bigint, -- seconds since the epoch
  created_at        timestamptz NOT NULL,
  revision          bigint NOT NULL,
  CONSTRAINT tenant_name_unique UNIQUE (name),
  CONSTRAINT tenant_org_id_unique UNIQUE (org_id),
  -- A parent cannot go while a child comes, and the reverse, whoever is first.
  CONSTRAINT tenant_parent_exists FOREIGN KEY (parent_id) REFERENCES tenant (id)
);

CREATE INDEX tenant_parent ON tenant (parent_id);

-- The default tenant: always there, known to every gateway without being told.
INSERT INTO tenant (id, name, org_id, status, created_at, revision)
VALUES ('00000000-0000-0000-0000-000000000000', '_', '_', 'active', now(), 0);

-- Names and organisation ids that were in use once. They are never forgotten: tokens and data of
-- a former tenant must not fall to the next one unnoticed.
CREATE TABLE former_name (
  name              text COLLATE "C" PRIMARY KEY,
  tokens_not_before bigint NOT NULL
);

CREATE TABLE former_org_id (
  org_id text PRIMARY KEY
);
