//! What an archive holds: which rows of which tables, and how each column is written. A test finds tables that are neither here nor left out on purpose.

/// How a column is written as JSON. An empty one is `null`.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Number,
    /// `true` or `false`.
    Flag,
    /// RFC 3339, in UTC.
    Time,
    /// A document.
    Json,
    /// The number of a user, as the API writes it.
    User,
    /// The number of a client, as the API writes it.
    Client,
}

/// Rows of a client, which become a file of JSON Lines.
pub(super) struct Table {
    /// What the file is called, without its ending.
    pub(super) name: &'static str,
    /// What stands in it, for the archive's README.
    pub(super) about: &'static str,
    /// The table as `t`, and what is joined to it.
    pub(super) from: &'static str,
    /// Which rows; `$1` is the partner, `$2` the client.
    pub(super) condition: &'static str,
    /// What orders the rows, and tells them apart.
    pub(super) key: &'static [&'static str],
    /// The expression of each column, its name in the file, and its kind.
    pub(super) columns: &'static [(&'static str, &'static str, Kind)],
}

/// The unary plus keeps SQLite from the index by client, after which it would sort all rows by number.
const OWN: &str = "t.partner_id = $1 AND +t.client_id = $2";

const NUMBER: &[&str] = &["t.id"];

use Kind::{Client, Flag, Json, Number, Text, Time, User};

/// In the order in which they are read again: what others refer to comes before them.
#[rustfmt::skip]
pub(super) const TABLES: &[Table] = &[
    Table { name: "client", about: "The client: its settings as Client Details shows them. Packages, services and the like are numbers of catalogue.jsonl.",
        from: "clients t JOIN client_details d ON d.client_id = t.id", condition: "t.partner_id = $1 AND t.id = $2", key: NUMBER,
        columns: &[("t.id", "id", Client), ("t.status", "status", Text), ("t.name", "name", Text), ("t.created", "created", Time),
            ("t.created_by", "created_by", User), ("t.updated", "updated", Time), ("t.updated_by", "updated_by", User), ("d.details", "details", Json)] },
    // The provider's: the condition on the client only uses its place.
    Table { name: "catalogue", about: "The provider's packages, add-ons, services and so on, to which Client Details refers.",
        from: "catalogue_items t", condition: "t.partner_id = $1 AND $2 > 0", key: NUMBER,
        columns: &[("t.id", "id", Number), ("t.kind", "kind", Text), ("t.parent_id", "parent", Number), ("t.name", "name", Text),
            ("t.description", "description", Text)] },
    Table { name: "restrictions", about: "Permissions that the provider restricted at the client.",
        from: "client_restrictions t JOIN clients c ON c.id = t.client_id", condition: "c.partner_id = $1 AND t.client_id = $2", key: &["t.permission"],
        columns: &[("t.permission", "permission", Text)] },
    Table { name: "images", about: "The pictures in the folder images, one of each line.",
        from: "network_images t", condition: OWN, key: NUMBER,
        columns: &[("t.id", "id", Text), ("t.format", "format", Text), ("t.width", "width", Number), ("t.height", "height", Number),
            ("t.created", "created", Time)] },
    Table { name: "devices", about: "Resources.", from: "devices t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.details", "details", Json), ("t.created", "created", Time), ("t.created_by", "created_by", User),
            ("t.updated", "updated", Time), ("t.updated_by", "updated_by", User)] },
    Table { name: "device_groups", about: "Device groups. One with a query holds the devices that fit it.", from: "device_groups t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.name", "name", Text), ("t.description", "description", Text), ("t.parent", "parent", Text),
            ("t.criteria_id", "criteria_id", Number), ("t.search_query", "search_query", Text), ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "device_group_devices", about: "Which device is in which of the client's device groups.",
        from: "device_group_devices t JOIN device_groups g ON g.id = t.device_group_id JOIN devices d ON d.id = t.device_id",
        condition: "g.partner_id = $1 AND g.client_id = $2", key: &["t.device_group_id", "t.device_id"],
        columns: &[("g.unique_id", "device_group", Text), ("d.unique_id", "device", Text)] },
    Table { name: "credential_sets", about: "Credential sets without their secrets.", from: "credential_sets t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.name", "name", Text), ("t.description", "description", Text),
            ("t.credential_type", "credential_type", Text), ("t.details", "fields", Json), ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "users", about: "Users. Their passwords are in no backup.", from: "users t", condition: "t.partner_id = $1 AND t.kind = 'person' AND +t.client_id = $2",
        key: NUMBER,
        columns: &[("t.id", "id", User), ("t.login", "login", Text), ("t.first_name", "first_name", Text), ("t.last_name", "last_name", Text),
            ("t.email", "email", Text), ("t.status", "status", Text), ("t.all_user_groups", "all_user_groups", Flag), ("t.details", "details", Json),
            ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "user_groups", about: "User groups.", from: "user_groups t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.name", "name", Text), ("t.description", "description", Text), ("t.email", "email", Text),
            ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "user_group_users", about: "Which user is in which user group.",
        from: "user_group_users t JOIN user_groups g ON g.id = t.user_group_id", condition: "g.partner_id = $1 AND g.client_id = $2",
        key: &["t.user_group_id", "t.user_id"], columns: &[("g.unique_id", "user_group", Text), ("t.user_id", "user", User)] },
    Table { name: "permission_sets", about: "The client's own permission sets.", from: "permission_sets t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.name", "name", Text), ("t.description", "description", Text),
            ("t.unenforced", "unenforced", Json), ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "permission_set_permissions", about: "What each permission set permits.",
        from: "permission_set_permissions t JOIN permission_sets s ON s.id = t.permission_set_id", condition: "s.partner_id = $1 AND s.client_id = $2",
        key: &["t.permission_set_id", "t.permission"], columns: &[("s.unique_id", "permission_set", Text), ("t.permission", "permission", Text)] },
    Table { name: "roles", about: "The client's own roles.", from: "roles t", condition: OWN, key: NUMBER,
        columns: &[("t.unique_id", "id", Text), ("t.name", "name", Text), ("t.description", "description", Text), ("t.all_devices", "all_devices", Flag),
            ("t.all_credentials", "all_credential_sets", Flag), ("t.created", "created", Time), ("t.updated", "updated", Time)] },
    Table { name: "role_permission_sets", about: "Which permission sets each role has, the client's and the provider's.",
        from: "role_permission_sets t JOIN roles r ON r.id = t.role_id JOIN permission_sets s ON s.id = t.permission_set_id",
        condition: "r.partner_id = $1 AND r.client_id = $2", key: &["t.role_id", "t.permission_set_id"],
        columns: &[("r.unique_id", "role", Text), ("s.unique_id", "permission_set", Text), ("s.name", "name", Text), ("t.position", "position", Number)] },
    Table { name: "role_users", about: "Which roles the client's users have, the client's and the provider's.",
        from: "role_users t JOIN roles r ON r.id = t.role_id JOIN users u ON u.id = t.user_id",
        condition: "u.partner_id = $1 AND u.client_id = $2 AND u.kind = 'person'", key: &["t.role_id", "t.user_id"],
        columns: &[("r.unique_id", "role", Text), ("r.name", "name", Text), ("t.user_id", "user", User)] },
    Table { name: "role_user_groups", about: "Which roles the client's user groups have, the client's and the provider's.",
        from: "role_user_groups t JOIN roles r ON r.id = t.role_id JOIN user_groups g ON g.id = t.user_group_id",
        condition: "g.partner_id = $1 AND g.client_id = $2", key: &["t.role_id", "t.user_group_id"],
        columns: &[("r.unique_id", "role", Text), ("r.name", "name", Text), ("g.unique_id", "user_group", Text)] },
    Table { name: "role_devices", about: "Which devices the client's roles list.",
        from: "role_devices t JOIN roles r ON r.id = t.role_id JOIN devices d ON d.id = t.device_id", condition: "r.partner_id = $1 AND r.client_id = $2",
        key: &["t.role_id", "t.device_id"], columns: &[("r.unique_id", "role", Text), ("d.unique_id", "device", Text)] },
    Table { name: "role_device_groups", about: "Which device groups the client's roles list.",
        from: "role_device_groups t JOIN roles r ON r.id = t.role_id JOIN device_groups g ON g.id = t.device_group_id",
        condition: "r.partner_id = $1 AND r.client_id = $2", key: &["t.role_id", "t.device_group_id"],
        columns: &[("r.unique_id", "role", Text), ("g.unique_id", "device_group", Text)] },
    Table { name: "role_credential_sets", about: "Which credential sets the client's roles list.",
        from: "role_credential_sets t JOIN roles r ON r.id = t.role_id JOIN credential_sets s ON s.id = t.credential_set_id",
        condition: "r.partner_id = $1 AND r.client_id = $2", key: &["t.role_id", "t.credential_set_id"],
        columns: &[("r.unique_id", "role", Text), ("s.unique_id", "credential_set", Text)] },
    Table { name: "api_keys", about: "API keys without their secrets.", from: "api_keys t", condition: OWN, key: NUMBER,
        columns: &[("t.name", "name", Text), ("t.key", "key", Text), ("t.allowed_ips", "allowed_ips", Text), ("t.expires", "expires", Time),
            ("t.revoked", "revoked", Flag), ("t.last_used", "last_used", Time), ("t.created", "created", Time)] },
    Table { name: "reports", about: "Reports of the client’s users: what they list, when, and for whom.", from: "reports t", condition: OWN, key: NUMBER,
        columns: &[("t.kind", "kind", Text), ("t.name", "name", Text), ("t.details", "details", Json), ("t.user_id", "owner", User),
            ("t.paused", "paused", Flag), ("t.created", "created", Time)] },
    Table { name: "login_history", about: "Sign-ins.", from: "login_records t", condition: "t.partner_id = $1 AND t.client_id = $2",
        key: &["t.logged_in", "t.id"],
        columns: &[("t.user_id", "user", User), ("t.ip", "ip", Text), ("t.kind", "kind", Text), ("t.status", "status", Text),
            ("t.logged_in", "signed_in", Time), ("t.logged_out", "signed_out", Time)] },
    Table { name: "audit_log", about: "Who did what.", from: "audit_records t", condition: "t.partner_id = $1 AND t.client_id = $2", key: &["t.at", "t.id"],
        columns: &[("CAST(t.id AS TEXT)", "id", Text), ("t.at", "at", Time), ("t.login", "login", Text), ("t.ip", "ip", Text), ("t.through", "through", Text), ("t.action", "action", Text),
            ("t.object", "object", Text), ("t.changes", "changes", Json)] },
];

/// What of a client no archive holds, and why.
pub(super) const LEFT_OUT: &[&str] = &[
    "Passwords of users and secrets of API keys: only what proves them is stored.",
    "Sessions, tokens and invitations: they end with the client.",
    "Second factors: everybody sets theirs up again.",
    "Drafts of clients that aren't made yet.",
    "Files of reports: each can be downloaded from its report.",
    "AWS accounts: they are the provider’s, which can associate them again.",
    "The provider’s roles that list the client, and what its users did elsewhere.",
];
