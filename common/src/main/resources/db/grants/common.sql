-- What the role of a service may do with the tables that both services have. Each process that
-- migrates runs this after the migrations, in one transaction; by hand: psql -v role=NAME -f.
-- Pods of the version before still run then. So a right that is needed no more stays for one
-- release, as a column does. The trigger function and the advisory locks need no right.
REVOKE ALL ON flyway_schema_history, feed_head, change, watcher, audit, audit_head, idempotency
  FROM :"role";

-- To see whether the schema is the one that is needed.
GRANT SELECT ON flyway_schema_history TO :"role";

GRANT SELECT, UPDATE ON feed_head TO :"role";
-- What was told is never told otherwise; the sweep removes what is superseded.
GRANT SELECT, INSERT, DELETE ON change TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON watcher TO :"role";

-- Entries are appended, and pruned from the beginning; none is ever changed.
GRANT SELECT, INSERT, DELETE ON audit TO :"role";
GRANT SELECT, UPDATE ON audit_head TO :"role";

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO :"role";
