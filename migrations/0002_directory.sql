-- Who may see and do what. Of everything here, client_id is 0 for the partner's own; the number id is for joins, the unique_id for people.
-- The keys are folded: name_key sorts and is unique among a tenant's, search_key is what a search looks at.

CREATE TABLE permission_sets (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    scope TEXT NOT NULL,
    is_default BIGINT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key)
);

CREATE TABLE permission_set_permissions (
    permission_set_id BIGINT NOT NULL REFERENCES permission_sets (id),
    permission TEXT NOT NULL,
    PRIMARY KEY (permission_set_id, permission)
);

CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    scope TEXT NOT NULL,
    is_default BIGINT NOT NULL,
    all_clients BIGINT NOT NULL,
    all_devices BIGINT NOT NULL,
    all_credentials BIGINT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key)
);

CREATE TABLE user_groups (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    email TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key)
);

-- kind is desktop, server, network or other: how reports count the device.
CREATE TABLE devices (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL REFERENCES clients (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    state TEXT NOT NULL,
    host_name TEXT NOT NULL,
    ip_address TEXT NOT NULL,
    details TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL
);
-- What is behind the id lets a search and a count walk the index without looking at the rows.
CREATE INDEX devices_by_name ON devices (partner_id, name_key, id, client_id, search_key);
CREATE INDEX devices_by_kind ON devices (partner_id, kind, name_key, id, client_id);
CREATE INDEX devices_by_client ON devices (client_id, name_key, id);

CREATE TABLE device_groups (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key)
);

-- secrets are sealed with the tenant's key, by the name of their field.
CREATE TABLE credential_sets (
    id INTEGER PRIMARY KEY,
    unique_id TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    credential_type TEXT NOT NULL,
    details TEXT NOT NULL,
    secrets TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key)
);

-- Who is in a group.
CREATE TABLE user_group_users (
    user_group_id BIGINT NOT NULL REFERENCES user_groups (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (user_group_id, user_id)
);
CREATE INDEX user_group_users_by_user ON user_group_users (user_id, user_group_id);

CREATE TABLE device_group_devices (
    device_group_id BIGINT NOT NULL REFERENCES device_groups (id),
    device_id BIGINT NOT NULL REFERENCES devices (id),
    PRIMARY KEY (device_group_id, device_id)
);
CREATE INDEX device_group_devices_by_device ON device_group_devices (device_id, device_group_id);

-- What a role is made of: what its users may do, in the order in which it was given …
CREATE TABLE role_permission_sets (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    permission_set_id BIGINT NOT NULL REFERENCES permission_sets (id),
    position BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (role_id, permission_set_id)
);
CREATE INDEX role_permission_sets_by_set ON role_permission_sets (permission_set_id, role_id);

-- … who they are …
CREATE TABLE role_users (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (role_id, user_id)
);
CREATE INDEX role_users_by_user ON role_users (user_id, role_id);

CREATE TABLE role_user_groups (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    user_group_id BIGINT NOT NULL REFERENCES user_groups (id),
    PRIMARY KEY (role_id, user_group_id)
);
CREATE INDEX role_user_groups_by_group ON role_user_groups (user_group_id, role_id);

-- … and what they see, where it isn't all.
CREATE TABLE role_clients (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    client_id BIGINT NOT NULL REFERENCES clients (id),
    PRIMARY KEY (role_id, client_id)
);
CREATE INDEX role_clients_by_client ON role_clients (client_id, role_id);

CREATE TABLE role_devices (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    device_id BIGINT NOT NULL REFERENCES devices (id),
    PRIMARY KEY (role_id, device_id)
);
CREATE INDEX role_devices_by_device ON role_devices (device_id, role_id);

CREATE TABLE role_device_groups (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    device_group_id BIGINT NOT NULL REFERENCES device_groups (id),
    PRIMARY KEY (role_id, device_group_id)
);
CREATE INDEX role_device_groups_by_group ON role_device_groups (device_group_id, role_id);

CREATE TABLE role_credential_sets (
    role_id BIGINT NOT NULL REFERENCES roles (id),
    credential_set_id BIGINT NOT NULL REFERENCES credential_sets (id),
    PRIMARY KEY (role_id, credential_set_id)
);
CREATE INDEX role_credential_sets_by_set ON role_credential_sets (credential_set_id, role_id);

-- What the partner lets nobody do at a client, whatever the role. partners.restricts says whether there is any, so that most decisions needn't look.
CREATE TABLE client_restrictions (
    client_id BIGINT NOT NULL REFERENCES clients (id),
    permission TEXT NOT NULL,
    PRIMARY KEY (client_id, permission)
);
ALTER TABLE partners ADD COLUMN restricts BIGINT NOT NULL DEFAULT 0;

-- Every sign-in and what became of it. logged_out is NULL until the session ends. session tells sessions apart and is of no other use.
CREATE TABLE login_records (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    session TEXT NOT NULL,
    ip TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    logged_in BIGINT NOT NULL,
    logged_out BIGINT
);
CREATE INDEX login_records_by_user ON login_records (user_id, logged_in, id);
CREATE INDEX login_records_by_tenant ON login_records (partner_id, client_id, logged_in, id);

-- One-time links by which a user chooses a password. Only a hash of the token is kept.
CREATE TABLE invitations (
    key TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    expires BIGINT NOT NULL
);
CREATE INDEX invitations_by_user ON invitations (user_id);

-- Keys of programs. Each acts as a user of its own, of kind 'key'. Only hashes of secrets and tokens are kept. revoked is 0 while it isn't,
-- so that the name of a revoked key is free.
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    allowed_ips TEXT NOT NULL,
    expires BIGINT,
    revoked BIGINT NOT NULL,
    last_used BIGINT,
    last_ip TEXT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, client_id, name_key, revoked)
);
CREATE INDEX api_keys_by_user ON api_keys (user_id);
CREATE INDEX api_keys_by_maker ON api_keys (created_by);

CREATE TABLE api_tokens (
    key TEXT PRIMARY KEY,
    api_key_id BIGINT NOT NULL REFERENCES api_keys (id),
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX api_tokens_by_key ON api_tokens (api_key_id);
