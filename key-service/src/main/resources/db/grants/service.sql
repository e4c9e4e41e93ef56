-- See common.sql for what both services have, and when this is run.
REVOKE ALL ON opstrace_id, anchor, issuer, revocation, tenants_feed, removed_registration
  FROM :"role";

-- An id never comes to mean another key.
GRANT SELECT, INSERT ON opstrace_id TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON anchor TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON issuer TO :"role";
-- UPDATE: to lock a row.
GRANT SELECT, INSERT, UPDATE, DELETE ON revocation TO :"role";
GRANT SELECT, UPDATE ON tenants_feed TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON removed_registration TO :"role";
