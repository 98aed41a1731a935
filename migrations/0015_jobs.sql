-- Long work. input is what was asked for and cursor where the next step goes on, both as the kind of job writes them. A server holds a job by a lease, and another
-- takes it when the lease runs out. ended is 0 while the job isn't over. name is what the job is about.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    input TEXT NOT NULL,
    cursor TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    doing TEXT NOT NULL,
    cancelling BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,
    lease_key TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    created BIGINT NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT NOT NULL
);
-- What is behind the id lets a filter and a count walk the index without looking at the rows.
CREATE INDEX jobs_by_age ON jobs (partner_id, created, id, state, kind, client_id, user_id, name_key);
CREATE INDEX jobs_unfinished ON jobs (id) WHERE ended = 0;
CREATE INDEX jobs_by_client ON jobs (client_id, id);

-- What the partner keeps of a terminated client. finished is 0 while it is being erased.
CREATE TABLE termination_receipts (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id),
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    job_id BIGINT NOT NULL,
    requested BIGINT NOT NULL,
    requested_by TEXT NOT NULL,
    request TEXT NOT NULL,
    finished BIGINT NOT NULL,
    erased TEXT NOT NULL
);

-- An image that was taken off a client is the client's until it is deleted.
ALTER TABLE network_images ADD COLUMN detached_from BIGINT NOT NULL DEFAULT 0;
CREATE INDEX network_images_detached ON network_images (detached_from) WHERE detached_from <> 0;

-- What a client's user did is a record of the client.
UPDATE audit_records SET client_id = (SELECT u.client_id FROM users u WHERE u.id = audit_records.user_id)
WHERE client_id IS NULL AND user_id IN (SELECT u.id FROM users u WHERE u.client_id <> 0);

-- Clients that were terminated before terminating erased them: that is done now.
INSERT INTO jobs (id, partner_id, client_id, user_id, kind, state, name, name_key, input, cursor, done, total, doing, cancelling, attempts, retry_at, lease_key,
    lease_until, outcome, created, started, ended)
SELECT ROW_NUMBER() OVER (ORDER BY c.id), c.partner_id, c.id, COALESCE(c.updated_by, 0), 'termination', 'queued', c.name, c.name_key, '', '', 0, 0, '', 0, 0, 0, '',
    0, '', c.updated, 0, 0
FROM clients c WHERE c.status = 'terminated';
INSERT INTO counters (name, value) SELECT 'job', COUNT(*) FROM jobs;
INSERT INTO termination_receipts (client_id, partner_id, job_id, requested, requested_by, request, finished, erased)
SELECT j.client_id, j.partner_id, j.id, j.created, COALESCE(u.login, ''), '', 0, '[]' FROM jobs j LEFT JOIN users u ON u.id = j.user_id;
INSERT INTO client_counts (partner_id, status, clients)
SELECT c.partner_id, 'terminating', COUNT(*) FROM clients c WHERE c.status = 'terminated' GROUP BY c.partner_id;
DELETE FROM client_counts WHERE status = 'terminated';
UPDATE clients SET status = 'terminating' WHERE status = 'terminated';
