//! IAM: roles and their policies, in the caller's account.

use std::{collections::BTreeMap, time::Instant};

use crate::{
    answer::{Refusal, element},
    trust,
    wire::Parameters,
    world::{Identity, Role, World},
};

/// Answers an action with the XML of its result.
pub(crate) fn answer(world: &mut World, by: &Identity, action: &str, sent: &Parameters) -> Result<String, Refusal> {
    let name = sent.get("RoleName");
    let arn = format!("arn:{}:iam::{}:role/{name}", world.switches.partition(), by.account);
    if let Some(policy) = ["AssumeRolePolicyDocument", "PolicyDocument"].map(|key| sent.get(key)).into_iter().find(|policy| !policy.is_empty()) {
        check_policy(world, policy)?;
    }
    if action == "CreateRole" {
        let assumable = Instant::now() + world.switches.assumable_after;
        let roles = &mut world.account_of(by)?.roles;
        if roles.contains_key(name) {
            return Err(Refusal::new(409, "EntityAlreadyExists", &format!("Role with name {name} already exists.")));
        }
        let policy = sent.get("AssumeRolePolicyDocument");
        let role = Role { assumable, tags: tags(sent), description: sent.get("Description").to_owned(), ..Role::trusting(policy) };
        roles.insert(name.to_owned(), role.clone());
        return Ok(role_xml(&role, name, &arn));
    }
    let missing = || Refusal::new(404, "NoSuchEntity", &format!("The role with name {name} cannot be found."));
    let roles = &mut world.account_of(by)?.roles;
    let role = roles.get_mut(name).ok_or_else(missing)?;
    let policy_name = sent.get("PolicyName");
    match action {
        "GetRole" => return Ok(role_xml(role, name, &arn)),
        "UpdateAssumeRolePolicy" => role.trust_policy = sent.get("PolicyDocument").to_owned(),
        "PutRolePolicy" => drop(role.inline_policies.insert(policy_name.to_owned(), sent.get("PolicyDocument").to_owned())),
        "DeleteRolePolicy" => drop(role.inline_policies.remove(policy_name).ok_or_else(missing)?),
        "AttachRolePolicy" => drop(role.attached_policies.insert(sent.get("PolicyArn").to_owned())),
        "DetachRolePolicy" if !role.attached_policies.remove(sent.get("PolicyArn")) => return Err(missing()),
        "DetachRolePolicy" => {}
        "ListRolePolicies" => {
            let names: String = role.inline_policies.keys().map(|name| element("member", name)).collect();
            return Ok(format!("<PolicyNames>{names}</PolicyNames><IsTruncated>false</IsTruncated>"));
        }
        "ListAttachedRolePolicies" => {
            let attached = |arn: &String| {
                format!("<member>{}{}</member>", element("PolicyArn", arn), element("PolicyName", arn.rsplit('/').next().unwrap_or_default()))
            };
            let policies: String = role.attached_policies.iter().map(attached).collect();
            return Ok(format!("<AttachedPolicies>{policies}</AttachedPolicies><IsTruncated>false</IsTruncated>"));
        }
        "DeleteRole" => {
            let held = if role.is_in_use { "remove roles from instance profile first" } else { "detach all policies first" };
            if role.is_in_use || !role.inline_policies.is_empty() || !role.attached_policies.is_empty() {
                return Err(Refusal::new(409, "DeleteConflict", &format!("Cannot delete entity, must {held}.")));
            }
            roles.remove(name);
        }
        _ => return Err(Refusal::new(400, "InvalidAction", &format!("The fake doesn't know iam:{action}."))),
    }
    Ok(String::new())
}

/// Policies are JSON, and the users and roles that they name exist.
fn check_policy(world: &World, policy: &str) -> Result<(), Refusal> {
    let malformed = |message: &str| Refusal::new(400, "MalformedPolicyDocument", message);
    let policy = serde_json::from_str(policy).map_err(|_| malformed("Syntax errors in policy."))?;
    for principal in trust::principals_of(&policy) {
        let account = principal.split(':').nth(4).unwrap_or(&principal).to_owned();
        let role = principal.split_once(":role/").map(|(_, role)| role.rsplit('/').next().unwrap_or_default());
        let is_known = world.accounts.get(&account).is_some_and(|account| role.is_none_or(|role| account.roles.contains_key(role)));
        if principal != "*" && !is_known {
            return Err(malformed(&format!("Invalid principal in policy: \"AWS\":\"{principal}\"")));
        }
    }
    Ok(())
}

fn tags(sent: &Parameters) -> BTreeMap<String, String> {
    let tag = |at| Some((sent.get(&format!("Tags.member.{at}.Key")).to_owned(), sent.get(&format!("Tags.member.{at}.Value")).to_owned()));
    (1..=50).map_while(|at| tag(at).filter(|(key, _)| !key.is_empty())).collect()
}

fn role_xml(role: &Role, name: &str, arn: &str) -> String {
    let policy: String = form_urlencoded::byte_serialize(role.trust_policy.as_bytes()).collect::<String>().replace('+', "%20");
    let tags: String = role.tags.iter().map(|(key, value)| format!("<member>{}{}</member>", element("Key", key), element("Value", value))).collect();
    let fields = [
        element("Path", "/"),
        element("RoleName", name),
        element("RoleId", "AROA0"),
        element("Arn", arn),
        element("CreateDate", "2026-01-01T00:00:00Z"),
        element("AssumeRolePolicyDocument", &policy),
        element("Description", &role.description),
    ];
    format!("<Role>{}<Tags>{tags}</Tags></Role>", fields.concat())
}
