-- How many active persons a client has, kept by the writes, and the clients that have none.
ALTER TABLE clients ADD COLUMN active_users BIGINT NOT NULL DEFAULT 0;
UPDATE clients SET active_users = (SELECT COUNT(*) FROM users u WHERE u.client_id = clients.id AND u.kind = 'person' AND u.status = 'active');
CREATE INDEX clients_without_users ON clients (partner_id, status, name_key, id) WHERE active_users = 0;
