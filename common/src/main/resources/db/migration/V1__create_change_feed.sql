-- The change feed of this service. One row, feed_head, numbers the changes: whoever appends locks
-- it until commit, so revisions become visible in order and without gaps.

CREATE TABLE feed_head (
  only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch             uuid   NOT NULL DEFAULT gen_random_uuid(),
  revision          bigint NOT NULL DEFAULT 0,
  hash              text   NOT NULL DEFAULT repeat('0', 64),
  -- Superseded changes and tombstones up to here may be gone; see the sweep.
  compacted_through bigint NOT NULL DEFAULT 0
);

INSERT INTO feed_head DEFAULT VALUES;

CREATE TABLE change (
  revision bigint      PRIMARY KEY,
  kind     text        NOT NULL,
  id       uuid        NOT NULL,
  at       timestamptz NOT NULL,
  content  text,       -- NULL: removed
  hash     text        NOT NULL
);

CREATE INDEX change_by_object ON change (id, revision);

-- Who follows the feed, and what each has applied.
CREATE TABLE watcher (
  id                text        PRIMARY KEY,
  kind              text        NOT NULL,
  name              text        NOT NULL,
  epoch             uuid        NOT NULL,
  applied           bigint      NOT NULL,
  -- The highest revision handed out in a page that did not reach the head. Asking with a revision
  -- up to it says "received", not "applied": followers swap at the head only.
  partial_through   bigint      NOT NULL DEFAULT 0,
  -- A replay from the beginning that is under way: under which compaction, and up to where.
  replay_compaction bigint      NOT NULL DEFAULT -1,
  replay_revision   bigint      NOT NULL DEFAULT -1,
  -- Until when it may serve what it has without hearing from us; NULL: for ever.
  serves_until      timestamptz,
  first_contact     timestamptz NOT NULL,
  last_contact      timestamptz NOT NULL
);

CREATE FUNCTION gatehouse_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], '');
  RETURN NULL;
END
$$;

CREATE TRIGGER feed_head_moved AFTER UPDATE ON feed_head
  FOR EACH ROW EXECUTE FUNCTION gatehouse_notify('gatehouse_feed');

CREATE TRIGGER watcher_applied AFTER UPDATE ON watcher
  FOR EACH ROW WHEN (OLD.applied <> NEW.applied)
  EXECUTE FUNCTION gatehouse_notify('gatehouse_watchers');

CREATE TRIGGER watcher_gone AFTER DELETE ON watcher
  FOR EACH ROW EXECUTE FUNCTION gatehouse_notify('gatehouse_watchers');
