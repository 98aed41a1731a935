-- What belongs to a client, found by it.
CREATE INDEX user_groups_by_client ON user_groups (client_id, id);
CREATE INDEX device_groups_by_client ON device_groups (client_id, id);
CREATE INDEX credential_sets_by_client ON credential_sets (client_id, id);
CREATE INDEX roles_by_client ON roles (client_id, id);
CREATE INDEX api_keys_by_client ON api_keys (client_id, id);
