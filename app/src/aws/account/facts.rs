//! What is known of an account.

use domain::{AwsAccount, AwsAccountKind, AwsSignIn};
use leptos::prelude::*;

use super::{
    rows::members,
    words::{customer, last_refresh, role, status},
};
use crate::{
    moment::moment,
    paths,
    ui::{CopyText, Description, DescriptionList, Section, or_dash},
};

/// The account itself; of each kind, what it can have.
pub(super) fn account_section(account: &AwsAccount) -> AnyView {
    let number = account.number.to_string();
    let facts = match account.kind {
        AwsAccountKind::Management => of_management(account),
        AwsAccountKind::Single => of_single(account),
        AwsAccountKind::Member => of_member(account),
    };
    let (kind, created) = (account.kind.label(), moment(account.created));
    view! {
        <Section title="Account">
            <DescriptionList>
                <Description label="Account ID"><CopyText label="Copy the account ID" value=number /></Description>
                <Description label="Type" value=kind.to_owned() />
                {facts}
                <Description label="Added">{created}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

fn of_management(account: &AwsAccount) -> AnyView {
    let (members, refresh) = (members(account), last_refresh(&account.refresh));
    view! {
        <Description label="Members">{members}</Description>
        <Description label="Last refresh">{refresh}</Description>
        {sign_in(account)}
    }
    .into_any()
}

fn of_single(account: &AwsAccount) -> AnyView {
    let (customer, checked) = (customer(account), last_check(account));
    view! {
        <Description label="Customer">{customer}</Description>
        <Description label="Last check">{checked}</Description>
        {sign_in(account)}
    }
    .into_any()
}

fn of_member(account: &AwsAccount) -> AnyView {
    let management = account.management.clone().map(|management| {
        let href = paths::aws_account(management.id);
        view! { <Description label="Management account"><a href=href>{management.name}</a></Description> }
    });
    let (customer, email, status) = (customer(account), account.email.clone(), status(account.status));
    view! {
        <Description label="Customer">{customer}</Description>
        <Description label="E-mail address" value=email />
        <Description label="AWS status">{status}</Description>
        {management}
    }
    .into_any()
}

/// How the server signs in, with what a role needs.
fn sign_in(account: &AwsAccount) -> Option<AnyView> {
    let sign_in = account.sign_in.as_ref()?;
    let role = match sign_in {
        AwsSignIn::Role { arn } => {
            let (arn, external_id) = (arn.to_string(), external_id(account));
            Some(view! {
                <Description label="Role ARN"><CopyText label="Copy the Role ARN" value=arn /></Description>
                <Description label="External ID">{external_id}</Description>
            })
        }
        AwsSignIn::Server | AwsSignIn::Profile { .. } => None,
    };
    let words = sign_in.words();
    Some(view! { <Description label="Sign-in" value=Some(words) />{role} }.into_any())
}

fn external_id(account: &AwsAccount) -> AnyView {
    match account.external_id.is_empty() {
        true => or_dash(String::new()),
        false => view! { <CopyText label="Copy the external ID" value=account.external_id.clone() /> }.into_any(),
    }
}

fn last_check(account: &AwsAccount) -> AnyView {
    account.checked.map_or_else(|| or_dash(String::new()), moment)
}

/// The role by which a member is entered.
pub(super) fn role_section(account: &AwsAccount) -> AnyView {
    let access = account.access.map(|access| access.label().to_owned());
    let (role, external_id, checked) = (role(account), external_id(account), last_check(account));
    view! {
        <Section title="Role">
            <DescriptionList>
                <Description label="Role ARN">{role}</Description>
                <Description label="External ID">{external_id}</Description>
                <Description label="Access" value=access />
                <Description label="Last check">{checked}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}
