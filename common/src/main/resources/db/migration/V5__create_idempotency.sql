-- What was answered to a POST with an Idempotency-Key, for a day.

CREATE TABLE idempotency (
  id         text        PRIMARY KEY, -- hash of caller, route and key
  body       text        NOT NULL,    -- hash of the body
  answer     text,                    -- JSON; NULL only within the transaction that makes it
  created_at timestamptz NOT NULL
);

CREATE INDEX idempotency_by_age ON idempotency (created_at);
