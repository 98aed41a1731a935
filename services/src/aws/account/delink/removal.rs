//! Deleting a role at AWS.

use domain::RoleArn;

use crate::{
    Result, Services,
    aws::{
        account::{
            job::{Site, TRIES},
            role, signer,
        },
        calls::{AwsFault, FoundRole},
    },
};

/// What became of a role at AWS.
pub(in super::super) enum Removal {
    Deleted,
    /// There was none.
    Gone,
    /// It isn't ours: a sentence that says so.
    Others(String),
    /// A transient fault: try again.
    Again(String),
    /// It is still there: a sentence with what to do.
    Left(String),
}

impl Removal {
    /// What is left at AWS, in a sentence.
    pub(in super::super) fn left(&self) -> Option<&str> {
        match self {
            Self::Deleted | Self::Gone => None,
            Self::Others(sentence) | Self::Again(sentence) | Self::Left(sentence) => Some(sentence),
        }
    }

    /// Whether a role of ours can still be there.
    pub(in super::super) const fn may_be_there(&self) -> bool {
        matches!(self, Self::Again(_) | Self::Left(_))
    }

    /// Whether it is worth another try, after so many.
    pub(in super::super) const fn is_worth_repeating(&self, tries: u32) -> bool {
        matches!(self, Self::Again(_)) && tries < TRIES
    }

    pub(in super::super) fn words(&self) -> String {
        match self {
            Self::Deleted => "The role was deleted.".to_owned(),
            Self::Gone => "The role is gone.".to_owned(),
            Self::Others(sentence) | Self::Again(sentence) | Self::Left(sentence) => sentence.clone(),
        }
    }

    /// The outcome of a job that delinks one account.
    pub(super) fn outcome(&self) -> String {
        format!("The Role ARN was removed. {}", self.words())
    }
}

impl Services {
    /// Deletes the role that an account can have, if it is ours.
    pub(in super::super) async fn aws_role_remove_of(&self, site: &Site) -> Result<Removal> {
        match site.stored.role_to_remove() {
            Some(arn) => self.aws_role_remove(site, arn.name()).await,
            None => Ok(Removal::Gone),
        }
    }

    /// Deletes a role that lets others in, if it is ours. The sentence about it with what became of it, and whether it can still be there.
    pub(in super::super) async fn aws_role_close(&self, site: &Site, arn: &RoleArn, problem: String) -> Result<(String, bool)> {
        let removal = self.aws_role_remove(site, arn.name()).await?;
        // Who created a role by hand wants to know how to correct it, not that it wasn't deleted.
        let is_said = site.stored.made.is_some() || matches!(removal, Removal::Deleted);
        let sentence = if is_said { format!("{problem} {}", removal.words()) } else { problem };
        Ok((sentence, removal.may_be_there()))
    }

    /// Deletes a role in an account, if it is ours.
    pub(in super::super) async fn aws_role_remove(&self, site: &Site, name: &str) -> Result<Removal> {
        let number = site.number();
        let left = |fault: &AwsFault, commands: String| {
            let sentence = format!("The role {name} in account {number} couldn’t be deleted. {} {commands}", fault.sentence(number));
            if fault.is_passing() { Removal::Again(sentence) } else { Removal::Left(sentence) }
        };
        // What we put into it, as long as it wasn't looked at.
        let ours = || commands(name, &[role::POLICY.to_owned()], &[]);
        let Some(aws) = &self.aws else {
            return Ok(Removal::Left(format!(
                "The role {name} in account {number} wasn’t deleted: this server isn’t set up to call AWS. {}",
                ours()
            )));
        };
        let partition = match aws.identity(&site.base).await {
            Ok(identity) => identity.partition,
            Err(fault) => return Ok(left(&fault, ours())),
        };
        let by = signer::of_organization(&site.base, partition, number);
        let found = match aws.role_find(&by, name).await {
            Ok(found) => found,
            Err(fault) => return Ok(left(&fault, ours())),
        };
        Ok(match found {
            None => Removal::Gone,
            Some(found) if !role::is_ours(&found, site.external_id()) => Removal::Others(format!(
                "The role {name} in account {number} was left unchanged: Tenantry didn’t create it. {}",
                commands_of(name, &found)
            )),
            Some(found) => match aws.role_delete(&by, name).await {
                Ok(()) | Err(AwsFault::NotFound) => Removal::Deleted,
                Err(fault) => {
                    // Some of what was in it can be gone.
                    let found = aws.role_find(&by, name).await.ok().flatten().unwrap_or(found);
                    left(&fault, commands_of(name, &found))
                }
            },
        })
    }
}

fn commands_of(name: &str, found: &FoundRole) -> String {
    commands(name, &found.inline_policies, &found.attached_policies)
}

/// How somebody deletes a role with what is in it.
fn commands(name: &str, inline: &[String], attached: &[String]) -> String {
    let inline = inline.iter().map(|policy| format!("delete-role-policy --role-name {name} --policy-name {policy}"));
    let attached = attached.iter().map(|arn| format!("detach-role-policy --role-name {name} --policy-arn {arn}"));
    let all: Vec<_> =
        inline.chain(attached).chain([format!("delete-role --role-name {name}")]).map(|command| format!("“aws iam {command}”")).collect();
    let listed = match all.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => all.concat(),
    };
    format!("To delete it, run {listed} in that account.")
}
