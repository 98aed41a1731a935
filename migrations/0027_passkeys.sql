-- Passkeys. id is what the authenticator calls it, handle what it calls its user, which is the same for passkeys made one after another. key is the public key with what else was registered (JSON);
-- what counts of the signatures is counter, which the authenticator increases with each, or leaves at 0.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, created);

-- Requests to browsers to make or use a passkey, until they are answered. The key is a hash of what the answer names, state what is compared with the answer (JSON); user_id is 0 for a sign-in
-- of somebody who isn't known yet, and network is where they are.
CREATE TABLE passkey_ceremonies (
    key TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    network TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX passkey_ceremonies_by_user ON passkey_ceremonies (user_id, network);
CREATE INDEX passkey_ceremonies_by_expires ON passkey_ceremonies (expires);

-- As its owner calls it; empty for no name.
ALTER TABLE authenticators ADD COLUMN name TEXT NOT NULL DEFAULT '';
