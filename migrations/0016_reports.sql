-- Reports. client_id is 0 for the partner's. details is the profile: columns, selection, schedule, recipients. next_run is 0 without a schedule and while that is
-- paused, last_run without one.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    details TEXT NOT NULL,
    paused BIGINT NOT NULL,
    next_run BIGINT NOT NULL,
    last_run BIGINT NOT NULL,
    created BIGINT NOT NULL,
    created_by BIGINT,
    updated BIGINT NOT NULL,
    updated_by BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX reports_by_name ON reports (partner_id, kind, name_key, id, client_id, user_id);
CREATE INDEX reports_by_client ON reports (client_id, id);
CREATE INDEX reports_due ON reports (next_run, id) WHERE next_run <> 0;

-- A run's state is its job's. It has a file once finished isn't 0: that many parts, until a time. user_id is 0 if the schedule asked for it.
CREATE TABLE report_runs (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    report_id BIGINT NOT NULL REFERENCES reports (id),
    job_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    parts BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    created BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    stored_until BIGINT NOT NULL
);
CREATE INDEX report_runs_by_report ON report_runs (report_id, id);
CREATE INDEX report_runs_by_end ON report_runs (stored_until, id);

-- Reports count a client's devices of each kind along it.
DROP INDEX devices_by_client;
CREATE INDEX devices_by_client ON devices (client_id, name_key, id, kind);
