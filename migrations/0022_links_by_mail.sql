-- One-time links that users get by mail: to choose another password (kind password), and to confirm a new e-mail address (kind email). The key is a hash of what the link
-- contains, email the address that it was sent to.
CREATE TABLE mailed_links (
    key TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    email TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE UNIQUE INDEX mailed_links_by_user ON mailed_links (user_id, kind);
