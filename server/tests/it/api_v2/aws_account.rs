//! AWS accounts, against an AWS that answers over HTTP.

use aws_fake::FakeAws;
use serde_json::{Value, json};

use crate::support::{ALONE, App, MANAGEMENT, Program, keys, on_both_engines, on_both_engines_with_aws};

/// One of the demo's clients: the customer of some of its accounts.
const LAB: &str = "client_8";

/// The demo's accounts: the management account, members of client_8, client_9 and nobody, and an account by itself.
const DEMO_MANAGEMENT: &str = "aws_1";
const OF_LAB: &str = "aws_2";
const OF_CORP: &str = "aws_4";
const PENDING: &str = "aws_5";
const OF_NOBODY: &str = "aws_6";
const SINGLE: &str = "aws_8";

/// Adds the fake's management account and reads its three members.
async fn added(app: &App, admin: &Program<'_>) -> Value {
    let new = json!({ "accountId": MANAGEMENT, "name": "Group", "kind": "management" });
    let answer = admin.post("awsAccounts", &new).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    app.services.jobs_run(100).await.unwrap();
    admin.get(&format!("awsAccounts/{}", text(&answer.json()["id"]))).await.done()
}

/// The members of an account, by name.
async fn members(admin: &Program<'_>, account: &Value) -> Vec<Value> {
    admin.get(&format!("awsAccounts/{}/members", text(&account["id"]))).await.done()["results"].as_array().unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Ids of accounts as a body names them.
fn references(accounts: &[&str]) -> Value {
    accounts.iter().map(|id| json!({ "id": id })).collect()
}

#[test]
fn a_management_account_is_added_and_its_members_are_listed() {
    on_both_engines_with_aws(3, async |app: &App, _: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let group = added(app, &admin).await;
        let shown = ["accountId", "createdTime", "email", "id", "kind", "members", "name", "problem", "refresh", "signIn", "state"];
        assert!(shown.iter().all(|key| group.get(key).is_some()), "{group}");
        assert_eq!((&group["accountId"], &group["kind"], &group["signIn"]), (&json!(MANAGEMENT), &json!("management"), &json!({ "by": "server" })));
        assert_eq!(group["members"], json!({ "all": 3, "associated": 0, "onboarded": 0 }));
        assert_eq!(group["refresh"]["failure"], "");

        let listed = members(&admin, &group).await;
        assert_eq!(listed.iter().map(|member| text(&member["name"])).collect::<Vec<_>>(), ["Member 1", "Member 2", "Member 3"]);
        assert_eq!(
            (&listed[0]["accountId"], &listed[0]["status"], &listed[0]["state"]),
            (&json!("200000000001"), &json!("active"), &json!("discovered"))
        );
        assert_eq!(listed[0]["management"], json!({ "id": group["id"], "accountId": MANAGEMENT, "name": "Group" }));
        assert_eq!(listed[0].get("signIn"), None);

        let page = admin.get(&format!("awsAccounts/{}/members?pageSize=2&pageNo=2", text(&group["id"]))).await.done();
        assert_eq!((&page["totalResults"], &page["nextPage"], &page["results"][0]["name"]), (&json!(3), &json!(false), &json!("Member 3")));
        assert_eq!(admin.get(&format!("awsAccounts/{}/members", text(&listed[0]["id"]))).await.refusal(), (404, "0003".to_owned()));
    });
}

#[test]
fn what_was_read_can_be_sent_back_and_only_the_name_changes() {
    on_both_engines_with_aws(1, async |app: &App, _: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let group = added(app, &admin).await;
        let path = format!("awsAccounts/{}", text(&group["id"]));
        assert_eq!(without_times(admin.post(&path, &group).await.done()), without_times(group.clone()));
        let renamed = admin.post(&path, &json!({ "name": "Whole group" })).await.done();
        assert_eq!((&renamed["name"], &renamed["signIn"], &renamed["accountId"]), (&json!("Whole group"), &group["signIn"], &group["accountId"]));
        let faults = admin.post(&path, &json!({ "accountId": "999999999999", "kind": "single" })).await.faults();
        assert_eq!(faults, ["accountId", "kind"]);
    });
}

/// Without the time of its last check.
fn without_times(mut account: Value) -> Value {
    account.as_object_mut().unwrap().remove("checkedTime");
    account
}

#[test]
fn every_wrong_field_is_told_as_the_request_spells_it() {
    on_both_engines_with_aws(1, async |app: &App, aws: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let before = app.database.contents().await;
        aws.forget_calls();
        let mut faults =
            admin.post("awsAccounts", &json!({ "accountId": "12", "name": "", "kind": "member", "signIn": { "by": "profile" } })).await.faults();
        faults.sort();
        assert_eq!(faults, ["accountId", "kind", "name", "signIn.profile"]);
        let role = |arn: &str| json!({ "accountId": MANAGEMENT, "name": "Group", "kind": "management", "signIn": { "by": "role", "roleArn": arn } });
        for arn in ["nonsense", "arn:aws:iam::999999999999:role/Elsewhere"] {
            assert_eq!(admin.post("awsAccounts", &role(arn)).await.faults(), ["signIn.roleArn"], "{arn}");
        }
        assert_eq!(
            admin.post("awsAccounts", &json!({ "accountId": MANAGEMENT, "name": "x", "kind": "single", "secret": "x" })).await.faults(),
            ["secret"]
        );
        let onboarding = json!({ "accounts": [{ "id": OF_NOBODY }], "role": { "name": "no spaces", "access": "all", "region": "Mars" } });
        assert_eq!(admin.post("awsAccounts/onboard", &onboarding).await.faults(), ["role.name", "role.access", "role.region"]);
        assert_eq!(admin.post(&format!("awsAccounts/{PENDING}/roleArn"), &json!({ "roleArn": "x" })).await.faults(), ["roleArn"]);
        assert_eq!(admin.post("awsAccounts/trust", &json!({ "accountId": "12" })).await.faults(), ["accountId"]);
        let nobody = json!({ "accounts": [{ "id": "x" }, { "id": OF_NOBODY }, { "id": "aws_" }], "client": { "uniqueId": "y" } });
        assert_eq!(admin.post("awsAccounts/associate", &nobody).await.faults(), ["accounts[0].id", "accounts[2].id", "client"]);
        assert_eq!(admin.post("awsAccounts/delink", &json!({ "accounts": [] })).await.faults(), ["accounts"]);
        assert_eq!(admin.delete("awsAccounts/aws_9?delink=perhaps&colour=red").await.query_faults(), ["colour", "delink"]);
        assert_eq!(app.database.contents().await, before);
        assert!(aws.calls().is_empty(), "AWS is asked only about what can be right: {:?}", aws.calls());
    });
}

/// The rows of accounts. External IDs are stored before AWS is asked, and stay.
async fn accounts_stored(app: &App) -> Vec<String> {
    app.database.contents().await.into_iter().filter(|row| row.starts_with("aws_accounts: ")).collect()
}

#[test]
fn what_aws_says_against_an_account_is_told_by_its_field_and_nothing_is_stored() {
    on_both_engines_with_aws(1, async |app: &App, _: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let before = accounts_stored(app).await;
        let account = |number: &str, kind: &str, sign_in: Value| json!({ "accountId": number, "name": "New", "kind": kind, "signIn": sign_in });
        let other = account(ALONE, "single", json!({ "by": "server" }));
        let no_management = account(ALONE, "management", json!({ "by": "profile", "profile": ALONE }));
        let no_profile = account(ALONE, "single", json!({ "by": "profile", "profile": "nowhere" }));
        for wrong in [other, no_management, no_profile] {
            let answer = admin.post("awsAccounts", &wrong).await;
            assert!(matches!(answer.status.as_u16(), 400 | 409), "{wrong}: {answer:?}");
            assert_eq!(accounts_stored(app).await, before, "{wrong}");
        }
        let right = account("4444-5555-6666", "single", json!({ "by": "profile", "profile": ALONE }));
        let made = admin.post("awsAccounts", &right).await.done();
        assert_eq!((&made["accountId"], &made["signIn"]), (&json!(ALONE), &json!({ "by": "profile", "profile": ALONE })));
        let again = admin.post("awsAccounts", &right).await;
        assert!(matches!(again.status.as_u16(), 400 | 409), "an account is there once: {again:?}");
        let path = format!("awsAccounts/{}", text(&made["id"]));
        let promoted = admin.post_empty(&format!("{path}/promote")).await;
        assert_eq!(promoted.refusal(), (409, "0005".to_owned()));
        assert_eq!(admin.delete(&path).await.done(), json!({ "success": true }));
        assert_eq!(admin.get(&path).await.refusal(), (404, "0003".to_owned()));
    });
}

#[test]
fn accounts_are_associated_with_clients_all_or_none() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let to = |client: &str, accounts: &[&str]| json!({ "client": { "uniqueId": client }, "accounts": references(accounts) });
        let taken = admin.post("awsAccounts/associate", &to("client_9", &[OF_LAB, OF_NOBODY])).await.done();
        let clients: Vec<_> = taken.as_array().unwrap().iter().map(|account| text(&account["client"]["uniqueId"])).collect();
        assert_eq!(clients, ["client_9", "client_9"]);
        let found = admin.get("awsAccounts?queryString=clientUniqueId:client_9&sortName=id").await.done();
        let found: Vec<_> = found["results"].as_array().unwrap().iter().map(|account| text(&account["id"])).collect();
        assert_eq!(found, [OF_LAB, OF_CORP, OF_NOBODY]);
        let left = admin.post("awsAccounts/disassociate", &json!({ "accounts": references(&[OF_LAB, OF_NOBODY]) })).await.done();
        assert!(left.as_array().unwrap().iter().all(|account| account.get("client").is_none()), "{left}");

        let before = app.database.contents().await;
        for (body, faults) in [
            (to("client_9", &[OF_LAB, "aws_99", OF_NOBODY]), ["accounts[1].id"]),
            (to("client_99999", &[OF_LAB]), ["client"]),
            (to("client_9", &[OF_LAB, "nonsense"]), ["accounts[1].id"]),
        ] {
            assert_eq!(admin.post("awsAccounts/associate", &body).await.faults(), faults, "{body}");
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn the_list_is_searched_by_each_of_its_keys() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let found = async |query: &str| {
            let page = admin.get(&format!("awsAccounts?sortName=id&queryString={query}")).await.done();
            page["results"].as_array().unwrap().iter().map(|row| text(&row["id"]).to_owned()).collect::<Vec<_>>()
        };
        let all = found("").await;
        assert!(all.len() > 6, "{all:?}");
        let members = found(&format!("managementId:{DEMO_MANAGEMENT}")).await;
        assert_eq!(found("kind:member").await, members);
        assert_eq!(found("kind:management").await, [DEMO_MANAGEMENT]);
        assert!(found("kind:single").await.contains(&SINGLE.to_owned()));
        assert_eq!(found("state:pending").await, [PENDING]);
        assert!(found("associated:false").await.contains(&OF_NOBODY.to_owned()));
        let of_lab = found("clientUniqueId:client_8").await;
        assert!(of_lab.contains(&OF_LAB.to_owned()) && found("associated:true").await.contains(&of_lab[0]));
        let number = admin.get(&format!("awsAccounts/{OF_LAB}")).await.done()["accountId"].clone();
        assert_eq!(found(&format!("accountId:{}", text(&number))).await, [OF_LAB]);
        assert_eq!(found("status:suspended").await.len(), 1);
        assert_eq!(found("name:no%20such%20account").await, Vec::<String>::new());
        let wrong = "awsAccounts?queryString=kind:other%2Bstate:asleep%2Bassociated:perhaps%2Bcolour:red";
        assert_eq!(admin.get(wrong).await.query_faults(), ["queryString"; 4]);
        let of_members = format!("awsAccounts/{DEMO_MANAGEMENT}/members?queryString=kind:member");
        assert_eq!(admin.get(&of_members).await.query_faults(), ["queryString"], "its members are members");
        assert_eq!(admin.get("awsAccounts?pageSize=5000").await.done()["pageSize"], 1000);
    });
}

#[test]
fn a_clients_own_key_sees_its_accounts_and_changes_none() {
    on_both_engines(async |app: &App| {
        let lab = app.program_of(LAB, "Client Administrator").await;
        let seen = lab.get("awsAccounts").await.done();
        let seen = seen["results"].as_array().unwrap();
        assert!(!seen.is_empty() && seen.iter().all(|account| account["client"]["uniqueId"] == LAB), "{seen:?}");
        assert!(seen.iter().all(|account| account.get("management").is_none()), "the partner's management account isn't shown");
        assert_eq!(lab.get(&format!("awsAccounts/{OF_LAB}")).await.status, 200);
        let before = app.database.contents().await;
        for unseen in [DEMO_MANAGEMENT, OF_CORP, OF_NOBODY, "aws_99", "nonsense"] {
            let answer = lab.get(&format!("awsAccounts/{unseen}")).await;
            assert_eq!(answer.refusal(), (404, "0003".to_owned()));
            assert_eq!(answer.json()["message"], format!("No AWS account found with id {unseen}"));
            assert_eq!(lab.get(&format!("awsAccounts/{unseen}/members")).await.refusal(), (404, "0003".to_owned()));
        }
        let body = json!({ "accounts": references(&[OF_LAB]), "client": { "uniqueId": LAB } });
        let accounts = json!({ "accounts": references(&[OF_LAB]) });
        let own = format!("awsAccounts/{OF_LAB}");
        for answer in [
            lab.post("awsAccounts/associate", &body).await,
            lab.post("awsAccounts/disassociate", &accounts).await,
            lab.post("awsAccounts/onboard", &accounts).await,
            lab.post("awsAccounts/delink", &accounts).await,
            lab.post("awsAccounts/trust", &json!({ "accountId": "234567890123" })).await,
            lab.post(&own, &json!({ "name": "Mine" })).await,
            lab.post_empty(&format!("{own}/check")).await,
            lab.post_empty(&format!("{own}/giveUp")).await,
            lab.delete(&own).await,
        ] {
            assert_eq!(answer.refusal(), (404, "0003".to_owned()), "{answer:?}");
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn what_belongs_to_others_is_as_what_does_not_exist() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        // Sees and changes what is client_8's, and nothing else.
        let set = json!({ "name": "Accounts", "permissions": [{ "name": "AWS Accounts", "type": "View" }, { "name": "AWS Accounts", "type": "Manage" }, { "name": "Clients", "type": "View" }] });
        let set = admin.post("permissionSets", &set).await.done();
        let role = json!({ "name": "Lab's accounts", "scope": "MSP", "clients": [{ "uniqueId": LAB }], "permissions": [{ "id": set["id"] }] });
        admin.post("roles", &role).await.done();
        let technician = app.program("Lab's accounts").await;
        let foreign = app.program_of("msp_2", "Partner Administrator").await;
        let before = app.database.contents().await;
        let listed = technician.get("awsAccounts").await.done();
        assert!(listed["results"].as_array().unwrap().iter().all(|account| account["client"]["uniqueId"] == LAB), "{listed}");
        assert_eq!(foreign.get("awsAccounts").await.done()["totalResults"], 0);

        for (program, own) in [(&technician, OF_LAB), (&foreign, "aws_99")] {
            for id in [OF_CORP, OF_NOBODY, DEMO_MANAGEMENT] {
                let answers = async |id: &str| {
                    let arn = json!({ "roleArn": "arn:aws:iam::345678901234:role/Tenantry" });
                    let one = json!({ "accounts": references(&[id]), "role": {} });
                    let of_one = json!({ "accounts": references(&[id]) });
                    let to_lab = json!({ "accounts": references(&[id]), "client": { "uniqueId": LAB } });
                    let path = format!("awsAccounts/{id}");
                    [
                        program.get(&path).await,
                        program.get(&format!("{path}/members")).await,
                        program.post(&path, &json!({ "name": "Mine" })).await,
                        program.post_empty(&format!("{path}/promote")).await,
                        program.post_empty(&format!("{path}/refresh")).await,
                        program.post_empty(&format!("{path}/check")).await,
                        program.post_empty(&format!("{path}/giveUp")).await,
                        program.post(&format!("{path}/roleArn"), &arn).await,
                        program.delete(&path).await,
                        program.post("awsAccounts/associate", &to_lab).await,
                        program.post("awsAccounts/disassociate", &of_one).await,
                        program.post("awsAccounts/onboard", &one).await,
                        program.post("awsAccounts/delink", &of_one).await,
                    ]
                    .map(|answer| (answer.status, answer.text().replace(id, "ID")))
                };
                assert_eq!(answers(id).await, answers("aws_98765").await, "{id}");
            }
            let to = async |client: &str| {
                let body = json!({ "accounts": references(&[own]), "client": { "uniqueId": client } });
                let answer = program.post("awsAccounts/associate", &body).await;
                (answer.status, answer.text().replace(client, "CLIENT"))
            };
            assert_eq!(to("client_9").await, to("client_98765").await);
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_member_is_onboarded_followed_by_its_job_and_delinked() {
    on_both_engines_with_aws(2, async |app: &App, aws: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let group = added(app, &admin).await;
        let member = members(&admin, &group).await.swap_remove(0);
        let (id, number) = (text(&member["id"]), text(&member["accountId"]));
        let trust = admin.post("awsAccounts/trust", &json!({ "accountId": number })).await.done();
        assert_eq!(keys(&trust), ["externalId", "policy", "quickCreate", "template", "trustPolicy"]);

        let onboarding = json!({ "accounts": [{ "id": id }], "role": { "name": "Ours", "access": "administrator" } });
        let started = admin.post("awsAccounts/onboard", &onboarding).await.done();
        assert_eq!(
            (keys(&started[0]), &started[0]["state"], &started[0]["awsAccountId"]),
            (vec!["awsAccountId", "id", "state"], &json!("queued"), &json!(id))
        );
        let path = format!("awsAccounts/{id}");
        let meanwhile = admin.get(&path).await.done();
        assert_eq!((&meanwhile["state"], &meanwhile["jobId"], meanwhile.get("roleArn")), (&json!("onboarding"), &started[0]["id"], None));
        app.services.jobs_run(100).await.unwrap();
        let job = admin.get(&format!("jobs/{}", text(&started[0]["id"]))).await.done();
        assert_eq!((&job["state"], &job["kind"]), (&json!("succeeded"), &json!("aws-onboarding")), "{job}");
        assert_ne!(job["outcome"], "");
        let onboarded = admin.get(&path).await.done();
        let arn = format!("arn:aws:iam::{number}:role/Ours");
        assert_eq!((&onboarded["state"], &onboarded["roleArn"], &onboarded["access"]), (&json!("onboarded"), &json!(arn), &json!("administrator")));
        assert_eq!((onboarded.get("jobId"), &onboarded["externalId"]), (None, &trust["externalId"]));
        let role = aws.role(number, "Ours").unwrap();
        assert!(role.trust_policy.contains(text(&trust["externalId"])), "{role:?}");

        let whole = format!("awsAccounts/{}", text(&group["id"]));
        assert_eq!(admin.delete(&whole).await.refusal(), (409, "0005".to_owned()), "a member is onboarded");
        let delinking = admin.post("awsAccounts/delink", &json!({ "accounts": [{ "id": id }] })).await.done();
        app.services.jobs_run(100).await.unwrap();
        assert_eq!(admin.get(&format!("jobs/{}", text(&delinking[0]["id"]))).await.done()["state"], "succeeded");
        let delinked = admin.get(&path).await.done();
        assert_eq!((&delinked["state"], delinked.get("roleArn")), (&json!("discovered"), None));
        assert!(aws.role(number, "Ours").is_none(), "it is gone at AWS");
    });
}

#[test]
fn a_management_account_is_deleted_with_the_roles_of_its_members() {
    on_both_engines_with_aws(2, async |app: &App, aws: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let group = added(app, &admin).await;
        let members = members(&admin, &group).await;
        let accounts = references(&members.iter().map(|member| text(&member["id"])).collect::<Vec<_>>());
        admin.post("awsAccounts/onboard", &json!({ "accounts": accounts })).await.done();
        app.services.jobs_run(100).await.unwrap();
        let path = format!("awsAccounts/{}", text(&group["id"]));
        let deleting = admin.delete(&format!("{path}?delink=true")).await.done();
        assert_eq!((&deleting["success"], &deleting["job"]["awsAccountId"]), (&json!(true), &group["id"]));
        app.services.jobs_run(100).await.unwrap();
        assert_eq!(admin.get(&path).await.refusal(), (404, "0003".to_owned()));
        for member in members {
            assert_eq!(admin.get(&format!("awsAccounts/{}", text(&member["id"]))).await.refusal(), (404, "0003".to_owned()));
            assert_eq!(aws.role(text(&member["accountId"]), "Tenantry").map(|role| role.tags), None);
        }
    });
}

#[test]
fn without_aws_what_needs_it_is_refused_with_a_sentence() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let before = accounts_stored(app).await;
        let new = json!({ "accountId": "345612347890", "name": "New", "kind": "single" });
        for answer in [admin.post("awsAccounts", &new).await, admin.post_empty(&format!("awsAccounts/{SINGLE}/promote")).await] {
            assert_eq!(answer.refusal(), (409, "0005".to_owned()));
            assert!(answer.text().contains("AWS"), "{answer:?}");
        }
        assert_eq!(accounts_stored(app).await, before);
        let given_up = admin.post_empty(&format!("awsAccounts/{PENDING}/giveUp")).await.done();
        assert_ne!(given_up["state"], "pending");
    });
}

#[test]
fn a_job_is_seen_by_who_could_have_asked_for_it() {
    on_both_engines_with_aws(1, async |app: &App, _: &FakeAws| {
        let admin = app.program("Partner Administrator").await;
        let group = added(app, &admin).await;
        let job = admin.post_empty(&format!("awsAccounts/{}/refresh", text(&group["id"]))).await.done();
        let again = admin.post_empty(&format!("awsAccounts/{}/refresh", text(&group["id"]))).await.done();
        assert_eq!(job["id"], again["id"], "one at a time");
        let path = format!("jobs/{}", text(&job["id"]));
        let shown = admin.get(&path).await.done();
        assert_eq!(keys(&shown), ["createdTime", "doing", "done", "id", "kind", "outcome", "state", "subject", "total"]);
        for unseeing in [
            app.program("Technician").await,
            app.program_of(LAB, "Client Administrator").await,
            app.program_of("msp_2", "Partner Administrator").await,
        ] {
            assert_eq!(unseeing.get(&path).await.refusal(), (404, "0003".to_owned()));
        }
    });
}
