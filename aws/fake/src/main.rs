//! The fake as a program, for tests in a browser: `aws-fake 111111111111 45` has an organization of that management account with 45 members.
//! `PUT /switches` with JSON says what goes wrong from then on; `GET /calls` answers how often each action was called.

use std::process::ExitCode;

use aws_fake::FakeAws;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "whoever starts it reads its address there")]
async fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let (Some(management), Some(Ok(members))) = (words.next(), words.next().map(|word| word.parse())) else {
        println!("usage: aws-fake MANAGEMENT-ACCOUNT MEMBERS");
        return ExitCode::FAILURE;
    };
    let Ok(aws) = FakeAws::start().await else { return ExitCode::FAILURE };
    aws.organization(&management, members);
    println!("listening on {}", aws.url());
    std::future::pending().await
}
