-- Backups of clients. A backup's state is its job's. It has an archive once finished isn't 0: that many parts, until a time. Rows outlive their clients, so they
-- hold nothing of them but the number.
CREATE TABLE backups (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    job_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    has_secrets BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    records BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    stored_until BIGINT NOT NULL
);
CREATE INDEX backups_by_client ON backups (client_id, id);
CREATE INDEX backups_by_end ON backups (stored_until, id);

-- The backup that was there when a client was terminated: when it was finished, and its checksum. 0 and empty if there was none.
ALTER TABLE termination_receipts ADD COLUMN backup_finished BIGINT NOT NULL DEFAULT 0;
ALTER TABLE termination_receipts ADD COLUMN backup_sha256 TEXT NOT NULL DEFAULT '';

-- Archives that were uploaded to be restored, until a day has passed. job_id is empty until somebody starts that.
CREATE TABLE restores (
    id TEXT PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    user_id BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    job_id BIGINT,
    created BIGINT NOT NULL
);
CREATE INDEX restores_by_age ON restores (created);

-- How many servers in a row have died of a job's present step.
ALTER TABLE jobs ADD COLUMN deaths BIGINT NOT NULL DEFAULT 0;
