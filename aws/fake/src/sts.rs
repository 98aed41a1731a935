//! STS: who one is, and assuming roles.

use std::time::Instant;

use crate::{
    answer::{Refusal, element},
    trust::{self, Attempt},
    wire::Parameters,
    world::{Identity, World},
};

/// Answers an action with the XML of its result.
pub(crate) fn answer(world: &mut World, by: &Identity, action: &str, sent: &Parameters) -> Result<String, Refusal> {
    match action {
        "GetCallerIdentity" => Ok(caller_identity(world, by)),
        "AssumeRole" => assume_role(world, by, sent),
        _ => Err(Refusal::new(400, "InvalidAction", &format!("The fake doesn't know sts:{action}."))),
    }
}

fn caller_identity(world: &World, by: &Identity) -> String {
    let account = world.switches.other_account.as_ref().unwrap_or(&by.account);
    let arn = by.arn.replace(&by.account, account);
    [element("Arn", &arn), element("UserId", "AIDA0"), element("Account", account)].concat()
}

fn assume_role(world: &mut World, by: &Identity, sent: &Parameters) -> Result<String, Refusal> {
    let (role_arn, session) = (sent.get("RoleArn"), sent.get("RoleSessionName"));
    let is_chained = by.principal.contains(":role/");
    if is_chained && sent.get("DurationSeconds").parse().is_ok_and(|seconds: u32| seconds > 3600) {
        return Err(Refusal::new(
            400,
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        ));
    }
    let denied =
        || Refusal::new(403, "AccessDenied", &format!("User: {} is not authorized to perform: sts:AssumeRole on resource: {role_arn}", by.arn));
    let account = role_arn.split(':').nth(4).unwrap_or_default().to_owned();
    let name = role_arn.rsplit('/').next().unwrap_or_default();
    if role_arn.split(':').nth(1) != Some(world.switches.partition()) {
        return Err(denied());
    }
    let is_active = world.accounts.get(&account).is_some_and(|account| account.state == "ACTIVE");
    let role = world.accounts.get(&account).and_then(|account| account.roles.get(name)).filter(|_| is_active).ok_or_else(denied)?;
    let external_id = Some(sent.get("ExternalId")).filter(|id| !id.is_empty());
    let attempt = Attempt { by, external_id, ignores_external_ids: world.switches.ignores_external_ids && name != crate::ORGANIZATION_ROLE };
    if Instant::now() < role.assumable || !trust::allows(&role.trust_policy, &attempt) {
        return Err(denied());
    }
    let partition = world.switches.partition();
    let arn = format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}");
    let key = world.session_add(Identity { account, principal: role_arn.to_owned(), arn: arn.clone() });
    let credentials = [
        element("AccessKeyId", &key),
        element("SecretAccessKey", "secret"),
        element("SessionToken", "token"),
        element("Expiration", "2099-01-01T00:00:00Z"),
    ];
    let user = [element("AssumedRoleId", "AROA0:tenantry"), element("Arn", &arn)];
    Ok(format!("<Credentials>{}</Credentials><AssumedRoleUser>{}</AssumedRoleUser>", credentials.concat(), user.concat()))
}
