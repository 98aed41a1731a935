//! What AWS's errors mean here.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::{
    error::{ProvideErrorMetadata, SdkError},
    operation::assume_role::AssumeRoleError,
};
use services::aws::calls::AwsFault;

/// What an error of an action means.
pub(crate) fn fault<E: ProvideErrorMetadata + Error + 'static>(action: &str, error: &SdkError<E>) -> AwsFault {
    match error {
        SdkError::ServiceError(answer) if answer.raw().status().is_server_error() => {
            AwsFault::Unreachable(format!("AWS answered {}", answer.raw().status()))
        }
        SdkError::ServiceError(answer) => refused(action, answer.err().code().unwrap_or_default(), answer.err().message().unwrap_or_default()),
        _ => match find::<CredentialsError>(error) {
            Some(credentials) => without_credentials(credentials),
            None => not_answered(error),
        },
    }
}

/// An answer that can't be understood.
pub(crate) fn unexpected(action: &str, found: &str) -> AwsFault {
    AwsFault::Other { code: action.to_owned(), message: format!("AWS answered something unexpected: “{found}”") }
}

/// By the code of AWS's refusal.
fn refused(action: &str, code: &str, message: &str) -> AwsFault {
    match code {
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "PriorRequestNotComplete"
        | "SlowDown" => AwsFault::Throttled,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => {
            AwsFault::Denied { action: named_action(message).unwrap_or(action).to_owned() }
        }
        "ExpiredToken"
        | "ExpiredTokenException"
        | "RequestExpired"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => AwsFault::CredentialsRefused(message.to_owned()),
        "AWSOrganizationsNotInUseException" => AwsFault::NoOrganization,
        "EntityAlreadyExists" | "EntityAlreadyExistsException" => AwsFault::Exists,
        "NoSuchEntity" | "NoSuchEntityException" => AwsFault::NotFound,
        "MalformedPolicyDocument" | "MalformedPolicyDocumentException" if message.to_lowercase().contains("invalid principal") => {
            AwsFault::InvalidPrincipal
        }
        "DeleteConflict" | "DeleteConflictException" => AwsFault::DeleteConflict(message.to_owned()),
        "LimitExceeded" | "LimitExceededException" => AwsFault::LimitExceeded(message.to_owned()),
        "ConcurrentModification" | "ConcurrentModificationException" | "EntityTemporarilyUnmodifiable" => AwsFault::Concurrent,
        _ => AwsFault::Other { code: code.to_owned(), message: message.to_owned() },
    }
}

/// The action in `User: … is not authorized to perform: iam:CreateRole on resource: …`.
fn named_action(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("perform: ")?;
    rest.split(|letter: char| letter.is_whitespace() || letter == ',').next().filter(|action| action.contains(':'))
}

/// The server has none, for a reason if one is known, or its profile's role can't be assumed.
fn without_credentials(error: &CredentialsError) -> AwsFault {
    if let Some(refusal) = find::<AssumeRoleError>(error) {
        return refused("sts:AssumeRole", refusal.code().unwrap_or_default(), refusal.message().unwrap_or_default());
    }
    match error {
        CredentialsError::CredentialsNotLoaded(_) => AwsFault::NoCredentials(String::new()),
        _ => AwsFault::NoCredentials(deepest(error)),
    }
}

fn not_answered<E: Error + 'static>(error: &SdkError<E>) -> AwsFault {
    match error {
        SdkError::TimeoutError(_) => AwsFault::Unreachable("there was no answer in time".to_owned()),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => AwsFault::Unreachable("there was no answer in time".to_owned()),
        SdkError::DispatchFailure(_) => AwsFault::Unreachable(deepest(error)),
        _ => AwsFault::Other { code: "Unknown".to_owned(), message: deepest(error) },
    }
}

/// An error of a type among the causes of another.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The words of the first cause.
fn deepest(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
