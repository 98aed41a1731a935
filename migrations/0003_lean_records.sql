-- Most records are of the partner itself, and no client's list of records shows them.
DROP INDEX audit_records_by_client;
CREATE INDEX audit_records_by_client ON audit_records (client_id, at) WHERE client_id IS NOT NULL;
