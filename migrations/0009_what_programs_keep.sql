-- Permissions of a set that are of areas this console doesn't have: kept for programs, and granting nothing. A JSON list, empty for none.
ALTER TABLE permission_sets ADD COLUMN unenforced TEXT NOT NULL DEFAULT '';

-- A group with a query holds the devices that fit it. parent and criteria_id are kept for programs; empty and 0 for none.
ALTER TABLE device_groups ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE device_groups ADD COLUMN criteria_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device_groups ADD COLUMN search_query TEXT NOT NULL DEFAULT '';
CREATE INDEX device_groups_with_query ON device_groups (partner_id, client_id) WHERE search_query <> '';

-- A role that sees all lists nothing of the kind.
DELETE FROM role_clients WHERE role_id IN (SELECT id FROM roles WHERE all_clients = 1);
DELETE FROM role_devices WHERE role_id IN (SELECT id FROM roles WHERE all_devices = 1);
DELETE FROM role_device_groups WHERE role_id IN (SELECT id FROM roles WHERE all_devices = 1);
DELETE FROM role_credential_sets WHERE role_id IN (SELECT id FROM roles WHERE all_credentials = 1);
