-- AWS accounts. number is what AWS calls the account's id. client_id is 0 without a customer, management_id 0 but for members. sign_in is how the server signs in, as
-- JSON; empty for members. role_arn is the role that was proved, candidate one that is still to be proved. made is one that we made or were about to
-- make and that isn't known to be gone. check_at is when the role is tried next, in the name of asked_by; 0 for not. job_id is the job that works on it, 0 for none,
-- negative for one that ended before it was done and can be let run again. refreshed is when a management account's list was last whole.
CREATE TABLE aws_accounts (
    id INTEGER PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    client_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    management_id BIGINT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    search_key TEXT NOT NULL,
    sign_in TEXT NOT NULL,
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    candidate TEXT NOT NULL,
    made TEXT NOT NULL DEFAULT '',
    access TEXT NOT NULL,
    region TEXT NOT NULL,
    checked BIGINT NOT NULL,
    check_at BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    job_id BIGINT NOT NULL,
    refreshed BIGINT NOT NULL,
    refresh_failure TEXT NOT NULL,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (partner_id, number)
);
-- What is behind the id lets filters, searches and counts walk an index without looking at the rows.
CREATE INDEX aws_accounts_by_name ON aws_accounts (partner_id, management_id, kind, name_key, id, client_id, state, status, number, search_key);
CREATE INDEX aws_accounts_by_number ON aws_accounts (partner_id, management_id, kind, number, id, client_id, state, status, name_key, search_key);
CREATE INDEX aws_accounts_by_state ON aws_accounts (partner_id, management_id, kind, state, name_key, id, client_id, number, search_key);
CREATE INDEX aws_accounts_by_customer ON aws_accounts (partner_id, management_id, kind, client_id, name_key, id, state, number, search_key);
CREATE INDEX aws_accounts_by_partner ON aws_accounts (partner_id, name_key, id, client_id, management_id, kind, state, status, number);
CREATE INDEX aws_accounts_by_id ON aws_accounts (partner_id, id);
CREATE INDEX aws_accounts_by_client ON aws_accounts (client_id, name_key, id);
CREATE INDEX aws_accounts_due ON aws_accounts (check_at, id) WHERE check_at <> 0;
CREATE INDEX aws_accounts_by_job ON aws_accounts (job_id, id) WHERE job_id > 0;

-- The external id of the role in an account: chosen by us when one is first needed, and the same for ever, whatever becomes of the account here.
CREATE TABLE aws_external_ids (
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    number TEXT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, number)
);

-- What a refresh has read so far of a management account's list. It replaces the list once all of it is there.
CREATE TABLE aws_listed (
    management_id BIGINT NOT NULL REFERENCES aws_accounts (id),
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    search_key TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (management_id, number)
);

-- Client administrators see the accounts of their client.
INSERT INTO permission_set_permissions (permission_set_id, permission)
SELECT s.id, 'accounts.view' FROM permission_sets s
WHERE s.is_default = 1 AND s.name IN ('Client Administrator', 'Client Administrator with Client Details')
AND NOT EXISTS (SELECT 1 FROM permission_set_permissions p WHERE p.permission_set_id = s.id AND p.permission = 'accounts.view');
