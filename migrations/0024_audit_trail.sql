-- A record's id is its partner's number and its place in the partner's chain: partner_id * 1000000000000 + place. through is by what it was done, reference the
-- request in the server's log or the job. hash is a link of the chain; the records from before there was one have none.
ALTER TABLE audit_records RENAME TO audit_records_unlinked;
DROP INDEX audit_records_by_time;
DROP INDEX audit_records_by_client;
CREATE TABLE audit_records (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    partner_id BIGINT NOT NULL,
    client_id BIGINT,
    user_id BIGINT,
    login TEXT NOT NULL,
    ip TEXT NOT NULL,
    through TEXT NOT NULL,
    reference TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    changes TEXT NOT NULL,
    search_key TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, through, reference, action, object, changes, search_key, hash)
SELECT r.partner_id * 1000000000000 + ROW_NUMBER() OVER (PARTITION BY r.partner_id ORDER BY r.at, r.id), r.at, r.partner_id, r.client_id, r.user_id, r.login, r.ip,
    '', '', r.action, r.object, r.changes, LOWER(r.object || ' ' || r.changes), '' FROM audit_records_unlinked r;

-- Where each partner's chain begins, and its last link.
CREATE TABLE audit_chains (
    partner_id BIGINT PRIMARY KEY,
    begins BIGINT NOT NULL,
    last BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_chains (partner_id, begins, last, hash)
SELECT r.partner_id, COUNT(*) + 1, COUNT(*), '' FROM audit_records r GROUP BY r.partner_id;
DROP TABLE audit_records_unlinked;

-- One index for each filter, in the order of time. Most records have no client, and no client's list shows those.
CREATE INDEX audit_records_by_time ON audit_records (partner_id, at, id);
CREATE INDEX audit_records_by_client ON audit_records (partner_id, client_id, at, id) WHERE client_id IS NOT NULL;
CREATE INDEX audit_records_by_user ON audit_records (partner_id, user_id, at, id) WHERE user_id IS NOT NULL;
CREATE INDEX audit_records_by_action ON audit_records (partner_id, action, at, id);
CREATE INDEX audit_records_by_object ON audit_records (partner_id, object, at, id);
CREATE INDEX audit_records_by_address ON audit_records (partner_id, ip, at, id);

-- What remains of the records of an erased client: their links, so that the chain can still be verified.
CREATE TABLE audit_gaps (
    id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- How many days a partner's records are stored; 0 is for ever.
ALTER TABLE partners ADD COLUMN audit_days BIGINT NOT NULL DEFAULT 0;
