-- See common.sql for what both services have, and when this is run.
REVOKE ALL ON tenant, former_name, former_org_id, demand FROM :"role";

GRANT SELECT, INSERT, UPDATE, DELETE ON tenant TO :"role";
-- Never forgotten.
GRANT SELECT, INSERT, UPDATE ON former_name TO :"role";
GRANT SELECT, INSERT ON former_org_id TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON demand TO :"role";
