-- Every list in the order of its names, and of its numbers, along an index. What is behind the id lets a search and a count walk the index without looking at
-- the rows.
CREATE INDEX permission_sets_by_name ON permission_sets (partner_id, name_key, id, client_id, scope);
CREATE INDEX permission_sets_by_number ON permission_sets (partner_id, id, client_id, name_key);
CREATE INDEX roles_by_name ON roles (partner_id, name_key, id, client_id, scope);
CREATE INDEX roles_by_number ON roles (partner_id, id, client_id, name_key);
CREATE INDEX user_groups_by_name ON user_groups (partner_id, name_key, id, client_id);
CREATE INDEX user_groups_by_number ON user_groups (partner_id, id, client_id, name_key);
CREATE INDEX device_groups_by_name ON device_groups (partner_id, name_key, id, client_id);
CREATE INDEX device_groups_by_number ON device_groups (partner_id, id, client_id, name_key);
CREATE INDEX credential_sets_by_name ON credential_sets (partner_id, name_key, id, client_id);
CREATE INDEX credential_sets_by_number ON credential_sets (partner_id, id, client_id, name_key);
CREATE INDEX api_keys_by_name ON api_keys (partner_id, name_key, id, client_id, revoked);
CREATE INDEX users_by_number ON users (partner_id, kind, id, status, client_id, search_key);
CREATE INDEX devices_by_number ON devices (partner_id, id, client_id, search_key);

-- The login history by time, of all tenants together.
CREATE INDEX login_records_by_time ON login_records (partner_id, logged_in, id, client_id, user_id);

-- Devices of one type.
CREATE INDEX devices_by_type ON devices (partner_id, type_key, name_key, id, client_id);
