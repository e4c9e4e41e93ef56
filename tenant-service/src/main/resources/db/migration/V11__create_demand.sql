-- What each gateway was asked for of late, by tenant. It is of no use after a few seconds, so that
-- it is not written to the log, and a crash may empty it. Nothing but the key is indexed: a row is
-- rewritten every second, in place where its page has room.

CREATE UNLOGGED TABLE demand (
  tenant     uuid        NOT NULL, -- its registration
  watcher    text        NOT NULL, -- the gateway
  requests   bigint      NOT NULL, -- per second
  bytes      bigint      NOT NULL, -- per second
  concurrent bigint      NOT NULL, -- requests at a time
  streams    bigint      NOT NULL, -- at a time
  at         timestamptz NOT NULL,
  PRIMARY KEY (tenant, watcher)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
