-- Devices are counted by kind, and clients also by the month, in UTC, in which they were created.
INSERT INTO row_counts (partner_id, counted, number)
SELECT d.partner_id, 'devices ' || d.kind, COUNT(*) FROM devices d GROUP BY d.partner_id, d.kind;
DELETE FROM row_counts WHERE counted = 'devices';

-- The month of a number of milliseconds, by whole numbers alone because the engines' functions of time differ: years are counted from March of the year 0, so that a
-- leap day is the last of its year, and in eras of 400 years.
INSERT INTO row_counts (partner_id, counted, number)
SELECT m.partner_id, 'new clients ' || (m.year + CASE WHEN m.month_number <= 2 THEN 1 ELSE 0 END) || CASE WHEN m.month_number < 10 THEN '-0' ELSE '-' END
    || m.month_number, COUNT(*)
FROM (
    SELECT y.partner_id, y.year, CASE WHEN (5 * y.day_of_year + 2) / 153 < 10 THEN (5 * y.day_of_year + 2) / 153 + 3 ELSE (5 * y.day_of_year + 2) / 153 - 9 END AS month_number
    FROM (
        SELECT o.partner_id, o.era * 400 + o.year_of_era AS year,
            o.day_of_era - (365 * o.year_of_era + o.year_of_era / 4 - o.year_of_era / 100) AS day_of_year
        FROM (
            SELECT e.partner_id, e.era, e.day_of_era, (e.day_of_era - e.day_of_era / 1460 + e.day_of_era / 36524 - e.day_of_era / 146096) / 365 AS year_of_era
            FROM (
                SELECT c.partner_id, (c.created / 86400000 + 719468) / 146097 AS era, (c.created / 86400000 + 719468) % 146097 AS day_of_era
                FROM clients c WHERE NOT EXISTS (SELECT 1 FROM staged_clients s WHERE c.id BETWEEN s.first_id AND s.last_id)
            ) AS e
        ) AS o
    ) AS y
) AS m
GROUP BY m.partner_id, m.year, m.month_number;

-- Jobs in a state, such as those that failed. What is behind the id lets a filter and a count walk the index without looking at the rows.
CREATE INDEX jobs_by_state ON jobs (partner_id, state, created, id, kind, client_id, user_id, name_key);

-- Users who were invited and never chose a password.
CREATE INDEX users_invited ON users (partner_id, kind, name_key, id, client_id, search_key) WHERE password_hash = '' AND status = 'active';

-- API keys with an end.
CREATE INDEX api_keys_by_end ON api_keys (partner_id, expires, id, client_id) WHERE expires IS NOT NULL AND revoked = 0;
