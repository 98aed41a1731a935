//! Every call against a fake AWS, and every fault that it can have.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on has failed")]

mod faults;
mod roles;
mod signing_in;

use aws::AwsSdk;
use aws_fake::FakeAws;
use domain::{AwsAccountNumber, AwsPartition, AwsSignIn, RoleArn};
use services::aws::calls::{Assumed, Signer};

/// The management account.
const MANAGEMENT: &str = "111111111111";
/// Its first member.
const MEMBER: &str = "200000000001";

/// An organization with so many members, and the calls to it as its management account's administrator.
async fn organization(members: u64) -> (FakeAws, AwsSdk) {
    let fake = FakeAws::start().await.expect("a free port");
    fake.organization(MANAGEMENT, members);
    let aws = AwsSdk::at(&fake.url(), &fake.credentials(MANAGEMENT));
    (fake, aws)
}

/// The server itself.
fn server() -> Signer {
    Signer { sign_in: AwsSignIn::Server, external_id: String::new(), role: None }
}

/// The server in a role of a member.
fn in_role(name: &str, external_id: Option<&str>) -> Signer {
    Signer { role: Some(Assumed { arn: role_of(MEMBER, name), external_id: external_id.map(str::to_owned) }), ..server() }
}

/// The server in a member, as its organization's administrator.
fn in_member() -> Signer {
    in_role(aws_fake::ORGANIZATION_ROLE, None)
}

fn role_of(account: &str, name: &str) -> RoleArn {
    RoleArn::new(AwsPartition::Aws, number(account), name)
}

fn number(digits: &str) -> AwsAccountNumber {
    AwsAccountNumber::typed(digits).expect("twelve digits")
}
