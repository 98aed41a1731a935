-- Who made a one-time link: it works only as long as they may change its user. Links that the program made itself have nobody.
ALTER TABLE invitations ADD COLUMN created_by BIGINT REFERENCES users (id);
