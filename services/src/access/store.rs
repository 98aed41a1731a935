//! Reads the grants of a user's roles, for every noun whose rows come with them: sessions, API tokens, invitations and explained access.

use domain::{Grant, Permission, PermissionBits};
use sqlx::{Row, any::AnyRow};

use crate::Result;

/// The columns that [`grant`] reads; `r` is the role.
macro_rules! grant_columns {
    () => {
        "r.id AS role_id, r.name AS role, r.all_clients, r.all_devices, r.all_credentials,
        (SELECT string_agg(pp.permission, ',') FROM role_permission_sets rp
            JOIN permission_set_permissions pp ON pp.permission_set_id = rp.permission_set_id WHERE rp.role_id = r.id) AS permissions"
    };
}
pub(crate) use grant_columns;

/// Joins the roles `r` of a user, held directly or through a group. A subselect finds the user, because PostgreSQL would look at every role there is if the
/// roles depended on another row of the statement.
macro_rules! roles_of_user {
    ($user:literal) => {
        concat!(
            " LEFT JOIN (SELECT ru.role_id FROM role_users ru WHERE ru.user_id = (",
            $user,
            " LIMIT 1) UNION SELECT rg.role_id FROM user_group_users gu JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id WHERE gu.user_id = (",
            $user,
            " LIMIT 1)) held ON 1 = 1 LEFT JOIN roles r ON r.id = held.role_id"
        )
    };
}
pub(crate) use roles_of_user;

/// The grant in a row; none if the row has no role.
pub(crate) fn grant(row: &AnyRow) -> Result<Option<Grant>> {
    let Some(number) = row.try_get("role_id")? else { return Ok(None) };
    let is_set = |column| row.try_get::<i64, _>(column).map(|flag| flag == 1);
    let permissions: Option<&str> = row.try_get("permissions")?;
    // Permissions unknown to this version are skipped.
    let permissions: PermissionBits = permissions.unwrap_or_default().split(',').filter_map(Permission::from_key).collect();
    Ok(Some(Grant {
        number,
        role: row.try_get("role")?,
        permissions,
        all_clients: is_set("all_clients")?,
        all_devices: is_set("all_devices")?,
        all_credentials: is_set("all_credentials")?,
    }))
}
