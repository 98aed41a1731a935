//! The list of body keys that are accepted and ignored. The OpenAPI document shows them with each body.

/// The reason for read-only fields, accepted so that an answer can be sent back.
const ANSWERED: &str = "As answered. It can’t be set here.";
/// The reason for fields shown beside the id of a referenced thing.
const SHOWN: &str = "As answered. The id says what is meant.";

/// As [`SHOWN`], for things referenced by name.
const SHOWN_BY_NAME: &str = "As answered. The name says what is meant.";

/// The ignored keys by schema name, each with the reason. The key `*` stands for all others.
pub(crate) const IGNORED: &[(&str, &[(&str, &str)])] = &[
    (
        "ClientInput",
        &[
            ("id", ANSWERED),
            ("uniqueId", ANSWERED),
            ("mspId", ANSWERED),
            ("activated", "As answered. Clients are activated and suspended by calls of their own."),
            ("createdTime", ANSWERED),
            ("updatedTime", ANSWERED),
            ("createdBy", ANSWERED),
            ("lastUpdatedBy", ANSWERED),
        ],
    ),
    (
        "UserInput",
        &[
            ("id", ANSWERED),
            ("orgId", ANSWERED),
            ("organizationName", ANSWERED),
            ("status", "As answered. Users are activated, deactivated and terminated by calls of their own."),
            ("authType", "As answered. Every user signs in with a password of the console."),
            ("twoFactorAuthentication", "As answered. There is no second factor here."),
            ("createdTime", ANSWERED),
            ("updatedTime", ANSWERED),
            ("invitation", ANSWERED),
        ],
    ),
    ("ZoneInput", &[("label", "As answered. Name, id or code say which zone is meant.")]),
    ("RoleInput", &[("id", ANSWERED), ("uniqueId", ANSWERED), ("defaultRole", ANSWERED)]),
    ("SetInput", &[("id", ANSWERED), ("uniqueId", ANSWERED)]),
    (
        "GroupInput",
        &[
            ("id", ANSWERED),
            ("uniqueId", ANSWERED),
            ("orgId", ANSWERED),
            ("organizationName", ANSWERED),
            ("createdTime", ANSWERED),
            ("updatedTime", ANSWERED),
            ("createdBy", ANSWERED),
            ("lastUpdatedBy", ANSWERED),
        ],
    ),
    ("CredentialSetInput", &[("uniqueId", ANSWERED)]),
    ("DeviceGroupInput", &[("deviceCount", ANSWERED), ("createdDate", ANSWERED), ("updatedDate", ANSWERED)]),
    (
        "ResourceInput",
        &[
            ("id", ANSWERED),
            ("createdDate", ANSWERED),
            ("updatedDate", ANSWERED),
            ("deviceGroups", "As answered. Devices are put into groups by calls for the groups."),
        ],
    ),
    ("AgentPolicy", &[("id", SHOWN_BY_NAME), ("deviceCount", ANSWERED)]),
    ("ByUniqueId", &[("*", SHOWN)]),
    ("ById", &[("*", SHOWN)]),
    ("ByNumber", &[("*", SHOWN)]),
    ("UserById", &[("*", SHOWN)]),
    (
        "AwsAccountInput",
        &[
            ("id", ANSWERED),
            ("email", ANSWERED),
            ("management", ANSWERED),
            ("client", "As answered. Accounts are associated with clients by calls of their own."),
            ("status", ANSWERED),
            ("state", ANSWERED),
            ("problem", ANSWERED),
            ("roleArn", "As answered. A role that was made by hand is given by a call of its own."),
            ("access", ANSWERED),
            ("externalId", "As answered. It is chosen here and never changes."),
            ("checkedTime", ANSWERED),
            ("jobId", ANSWERED),
            ("members", ANSWERED),
            ("refresh", ANSWERED),
            ("createdTime", ANSWERED),
        ],
    ),
    ("AwsAccountById", &[("*", SHOWN)]),
    ("ChildInput", &[("*", SHOWN)]),
    ("ClientOfThing", &[("*", SHOWN)]),
    ("Parent", &[("*", SHOWN)]),
    ("ReferenceInput", &[("*", SHOWN)]),
    ("Service", &[("*", SHOWN)]),
    ("Technology", &[("*", SHOWN)]),
];

/// Whether a key is ignored in the schema `body`.
pub(crate) fn is_ignored(body: &str, key: &str) -> bool {
    let keys = IGNORED.iter().find(|(name, _)| *name == body).map(|(_, keys)| *keys).unwrap_or_default();
    keys.iter().any(|(name, _)| *name == key || *name == "*")
}
