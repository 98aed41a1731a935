//! User groups as they are answered.

use domain::{PartnerId, UserGroup, UserGroupRow};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    date::Date,
    people::user::{listed::org_id, output::RoleOfUser},
    short_user::ShortUser,
};

/// A user group in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupListed {
    /// Number.
    #[schema(example = 5)]
    id: i64,
    /// Identifier.
    #[schema(example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3")]
    unique_id: String,
    /// Name.
    #[schema(example = "LeoArt Inc Users")]
    name: String,
    /// What it is for.
    description: String,
    /// E-mail address of all of them.
    email: String,
    /// The partner or client it belongs to.
    #[schema(example = "msp_1")]
    org_id: String,
    /// The name of that.
    organization_name: String,
    /// When it was created.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    created_time: Date,
    /// When it was last changed.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    updated_time: Date,
}

/// A user group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupOutput {
    /// As in a list.
    #[serde(flatten)]
    listed: GroupListed,
    /// Roles that its users get by it, by name.
    roles: Vec<RoleOfUser>,
    /// Who created it. A client's users and keys see only their own people: for others it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<ShortUser>,
    /// Who last changed it; left out where `createdBy` would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_by: Option<ShortUser>,
}

impl GroupListed {
    pub(crate) fn of(row: UserGroupRow, partner: PartnerId) -> Self {
        Self {
            id: row.group.number,
            unique_id: row.group.id.to_string(),
            name: row.group.name,
            description: row.group.description,
            email: row.email,
            org_id: org_id(row.client, partner),
            organization_name: row.organization,
            created_time: row.created.into(),
            updated_time: row.updated.into(),
        }
    }
}

impl GroupOutput {
    pub(crate) fn of(group: UserGroup, partner: PartnerId) -> Self {
        Self {
            listed: GroupListed::of(group.row, partner),
            roles: group.roles.into_iter().map(RoleOfUser::from).collect(),
            created_by: group.created_by.map(ShortUser::of),
            last_updated_by: group.updated_by.map(ShortUser::of),
        }
    }
}
