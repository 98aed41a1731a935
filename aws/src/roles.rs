//! Roles in the signer's account.

use aws_config::SdkConfig;
use aws_sdk_iam::{
    Client,
    types::{Role, Tag},
};
use domain::RoleArn;
use percent_encoding::percent_decode_str;
use services::aws::calls::{AwsFault, FoundRole, NewRole};

use crate::fault::{fault, unexpected};

pub(crate) async fn find(config: SdkConfig, name: &str) -> Result<Option<FoundRole>, AwsFault> {
    let iam = Client::new(&config);
    let role = match iam.get_role().role_name(name).send().await.map_err(|error| fault("iam:GetRole", &error)) {
        Ok(answer) => answer.role.ok_or_else(|| unexpected("GetRole", ""))?,
        Err(AwsFault::NotFound) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let trust_policy = role.assume_role_policy_document().unwrap_or_default();
    Ok(Some(FoundRole {
        arn: arn_of(&role)?,
        trust_policy: percent_decode_str(trust_policy).decode_utf8_lossy().into_owned(),
        tags: role.tags().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect(),
        inline_policies: inline_policies(&iam, name).await?,
        attached_policies: attached_policies(&iam, name).await?,
    }))
}

pub(crate) async fn create(config: SdkConfig, new: &NewRole) -> Result<RoleArn, AwsFault> {
    let tag = |(key, value): (&String, &String)| Tag::builder().key(key).value(value).build();
    let tags = new.tags.iter().map(tag).collect::<Result<_, _>>().map_err(|error| unexpected("CreateRole", &error.to_string()))?;
    let call = Client::new(&config).create_role().role_name(&new.name).description(&new.description);
    let call = call.assume_role_policy_document(&new.trust_policy).set_tags(Some(tags));
    let answer = call.send().await.map_err(|error| fault("iam:CreateRole", &error))?;
    arn_of(&answer.role.ok_or_else(|| unexpected("CreateRole", ""))?)
}

fn arn_of(role: &Role) -> Result<RoleArn, AwsFault> {
    role.arn().parse().map_err(|()| unexpected("Role", role.arn()))
}

pub(crate) async fn trust_set(config: SdkConfig, name: &str, trust_policy: &str) -> Result<(), AwsFault> {
    let call = Client::new(&config).update_assume_role_policy().role_name(name).policy_document(trust_policy);
    call.send().await.map(drop).map_err(|error| fault("iam:UpdateAssumeRolePolicy", &error))
}

pub(crate) async fn policy_put(config: SdkConfig, role: &str, policy: &str, document: &str) -> Result<(), AwsFault> {
    let call = Client::new(&config).put_role_policy().role_name(role).policy_name(policy).policy_document(document);
    call.send().await.map(drop).map_err(|error| fault("iam:PutRolePolicy", &error))
}

/// IAM deletes no role that still has policies.
pub(crate) async fn delete(config: SdkConfig, name: &str) -> Result<(), AwsFault> {
    let iam = Client::new(&config);
    match emptied_and_deleted(&iam, name).await {
        Err(AwsFault::NotFound) => Ok(()),
        answer => answer,
    }
}

async fn emptied_and_deleted(iam: &Client, name: &str) -> Result<(), AwsFault> {
    for policy in inline_policies(iam, name).await? {
        let call = iam.delete_role_policy().role_name(name).policy_name(policy);
        gone(call.send().await.map(drop).map_err(|error| fault("iam:DeleteRolePolicy", &error)))?;
    }
    for policy in attached_policies(iam, name).await? {
        let call = iam.detach_role_policy().role_name(name).policy_arn(policy);
        gone(call.send().await.map(drop).map_err(|error| fault("iam:DetachRolePolicy", &error)))?;
    }
    iam.delete_role().role_name(name).send().await.map(drop).map_err(|error| fault("iam:DeleteRole", &error))
}

/// What somebody else removed meanwhile is removed.
fn gone(answer: Result<(), AwsFault>) -> Result<(), AwsFault> {
    if answer == Err(AwsFault::NotFound) { Ok(()) } else { answer }
}

async fn inline_policies(iam: &Client, role: &str) -> Result<Vec<String>, AwsFault> {
    let names = iam.list_role_policies().role_name(role).into_paginator().items().send();
    names.collect::<Result<_, _>>().await.map_err(|error| fault("iam:ListRolePolicies", &error))
}

async fn attached_policies(iam: &Client, role: &str) -> Result<Vec<String>, AwsFault> {
    let pages = iam.list_attached_role_policies().role_name(role).into_paginator().items().send();
    let policies: Vec<_> = pages.collect::<Result<_, _>>().await.map_err(|error| fault("iam:ListAttachedRolePolicies", &error))?;
    Ok(policies.into_iter().filter_map(|policy| policy.policy_arn).collect())
}
