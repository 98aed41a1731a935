-- One text for SQLite and PostgreSQL: TEXT and BIGINT columns, times in milliseconds, flags 0 or 1, documents as TEXT.
-- (A client's number alone is INTEGER: in SQLite that makes it the row's own key, which halves the cost of every list and search.)

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE partners (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    restrict_ips BIGINT NOT NULL DEFAULT 0,
    allowed_ips TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    created BIGINT NOT NULL
);

-- What lists show and search. The keys are folded: lower case, no accents.
CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    external_id TEXT NOT NULL,
    external_key TEXT NOT NULL,
    restriction TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL
);
-- One index per sort; a list of several states merges their ordered ranges, so none ever sorts all rows. What is behind the id only lets
-- a search walk the index without looking at the rows that don't fit.
CREATE INDEX clients_by_name ON clients (partner_id, status, name_key, id, external_key);
CREATE INDEX clients_by_id ON clients (partner_id, status, id, name_key, external_key);
CREATE INDEX clients_by_country ON clients (partner_id, status, country, id, name_key, external_key);
CREATE INDEX clients_by_time_zone ON clients (partner_id, status, time_zone, id, name_key, external_key);
CREATE INDEX clients_by_external_id ON clients (partner_id, status, external_key, id, name_key);
CREATE INDEX clients_by_created ON clients (partner_id, status, created, id, name_key, external_key);
CREATE INDEX clients_by_updated ON clients (partner_id, status, updated, id, name_key, external_key);

-- Everything else about a client, apart so that the rows above stay short: a search looks at thousands of them.
CREATE TABLE client_details (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id),
    details TEXT NOT NULL,
    secrets TEXT NOT NULL
);

-- Kept by every write that changes a status, so that no list counts rows.
CREATE TABLE client_counts (
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    status TEXT NOT NULL,
    clients BIGINT NOT NULL,
    PRIMARY KEY (partner_id, status)
);

-- Everybody who may be let in: persons, and the keys of programs (kind 'key'). client_id is 0 for the partner's own. Without a password
-- yet, or for ever, password_hash is empty.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    first_key TEXT NOT NULL,
    last_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    change_password BIGINT NOT NULL,
    all_user_groups BIGINT NOT NULL,
    status TEXT NOT NULL,
    details TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL
);
-- What is behind the id lets a search and a count walk the index without looking at the rows.
CREATE INDEX users_by_name ON users (partner_id, kind, name_key, id, status, client_id, search_key);
CREATE INDEX users_by_client ON users (partner_id, client_id, kind, name_key, id, status, search_key);

-- Only a hash of the cookie's token is kept. login_record is the number of the sign-in with which it began.
CREATE TABLE sessions (
    key TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    login_record BIGINT NOT NULL,
    created BIGINT NOT NULL,
    rotated BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    previous_key TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_previous_key ON sessions (previous_key);

-- Failures per account and per address; the subject is a hash, for it may hold what somebody typed into the wrong field.
CREATE TABLE sign_in_failures (
    subject TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE setup_links (
    key TEXT PRIMARY KEY,
    expires BIGINT NOT NULL
);

CREATE TABLE catalogue_items (
    id BIGINT PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    kind TEXT NOT NULL,
    parent_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    position BIGINT NOT NULL,
    retired BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, kind, parent_id, name_key)
);

CREATE TABLE client_drafts (
    id TEXT PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    step TEXT NOT NULL,
    details TEXT NOT NULL,
    secrets TEXT NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL
);
CREATE INDEX client_drafts_by_user ON client_drafts (partner_id, user_id, updated);

-- client_id is 0 until the client is created or saved with the image; until then only its uploader sees it.
CREATE TABLE network_images (
    id TEXT PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    format TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX network_images_by_client ON network_images (partner_id, client_id);

-- Each tenant's key, wrapped by the master key: erasing the row erases the tenant's secrets.
CREATE TABLE tenant_keys (
    tenant TEXT PRIMARY KEY,
    wrapped TEXT NOT NULL
);

CREATE TABLE audit_records (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    partner_id BIGINT NOT NULL,
    client_id BIGINT,
    user_id BIGINT,
    login TEXT NOT NULL,
    ip TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    changes TEXT NOT NULL
);
CREATE INDEX audit_records_by_time ON audit_records (partner_id, at);
CREATE INDEX audit_records_by_client ON audit_records (client_id, at);
