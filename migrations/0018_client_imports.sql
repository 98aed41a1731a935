-- A file of clients, from its upload until its import is over. The file itself is in the store of files, under the import's id. `reading` says how
-- it is read; `clients` is how many rows it has, 0 until all of them are right. A file is 'waiting' until somebody starts its import, then
-- 'started', and 'over' once its clients are there or nobody goes on with it.
CREATE TABLE client_imports (
    id TEXT PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    user_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    reading TEXT NOT NULL,
    clients BIGINT NOT NULL,
    imported BIGINT NOT NULL,
    job_id BIGINT,
    created BIGINT NOT NULL
);
CREATE INDEX client_imports_by_user ON client_imports (partner_id, user_id, created);
CREATE INDEX client_imports_by_age ON client_imports (created);

-- The clients that an import has written so far: a range of numbers that no list and no look-up shows before all of them are there. Deleting the
-- row makes them appear, all at once. import_id is empty once they are being erased.
CREATE TABLE staged_clients (
    partner_id BIGINT PRIMARY KEY REFERENCES partners (id),
    import_id TEXT NOT NULL,
    first_id BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    since BIGINT NOT NULL
);
