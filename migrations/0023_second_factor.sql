-- Authenticator apps. The secret is sealed with the key of the user's tenant. last_step is the last step of 30 seconds of which a code was taken, so that each counts once.
CREATE TABLE authenticators (
    user_id BIGINT PRIMARY KEY REFERENCES users (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);

-- Hashes of the recovery codes that are left.
CREATE TABLE recovery_codes (
    user_id BIGINT NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- passed: whether the sign-in lacks nothing. proved: when the second factor was last proved in the session, unspent: whether no change has used that proof yet,
-- proof_failures: wrong codes in a row. candidate: the sealed secret of an authenticator app that is being set up in the session.
ALTER TABLE sessions ADD COLUMN passed BIGINT NOT NULL DEFAULT 1;
ALTER TABLE sessions ADD COLUMN proved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN unspent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proof_failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN candidate TEXT NOT NULL DEFAULT '';

-- Until when a browser isn't asked for the second factor; 0 for not trusted.
ALTER TABLE known_browsers ADD COLUMN trusted_until BIGINT NOT NULL DEFAULT 0;

-- The partner's requirement is for everybody, a client's for its own users.
ALTER TABLE partners ADD COLUMN require_second_factor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE partners ADD COLUMN trust_browsers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN require_second_factor BIGINT NOT NULL DEFAULT 0;
