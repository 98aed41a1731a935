-- A client's permission set is for that client's roles: its administrators decide what it gives. It leaves the roles of others.
DELETE FROM role_permission_sets WHERE EXISTS (
    SELECT 1 FROM permission_sets s JOIN roles r ON r.id = role_permission_sets.role_id
    WHERE s.id = role_permission_sets.permission_set_id AND s.client_id <> 0 AND s.client_id <> r.client_id
);
