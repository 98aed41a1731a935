-- Browsers from which a user signed in before. The key is a hash of what the browser keeps.
CREATE TABLE known_browsers (
    key TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    last BIGINT NOT NULL,
    PRIMARY KEY (key, user_id)
);
CREATE INDEX known_browsers_by_user ON known_browsers (user_id, last);
CREATE INDEX known_browsers_by_last ON known_browsers (last);
