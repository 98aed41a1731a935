-- How many rows a partner has of what is listed most, kept by every write, so that no list counts rows.
CREATE TABLE row_counts (
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    counted TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (partner_id, counted)
);
INSERT INTO row_counts (partner_id, counted, number) SELECT c.partner_id, 'clients ' || c.status, c.clients FROM client_counts c;
INSERT INTO row_counts (partner_id, counted, number)
SELECT u.partner_id, 'users', COUNT(*) FROM users u WHERE u.kind = 'person' AND u.status <> 'terminated' GROUP BY u.partner_id;
INSERT INTO row_counts (partner_id, counted, number) SELECT r.partner_id, 'roles', COUNT(*) FROM roles r GROUP BY r.partner_id;
INSERT INTO row_counts (partner_id, counted, number) SELECT d.partner_id, 'devices', COUNT(*) FROM devices d GROUP BY d.partner_id;
DROP TABLE client_counts;
