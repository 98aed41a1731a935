-- What a device is searched by is folded like every other text.
ALTER TABLE devices ADD COLUMN host_key TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN type_key TEXT NOT NULL DEFAULT '';

-- By which version of the folding the keys of all rows were made.
CREATE TABLE text_keys (
    version BIGINT NOT NULL
);
INSERT INTO text_keys (version) VALUES (0);
