//! What is typed about an account that the server signs in to.

use domain::{AwsAccount, AwsAccountDraft, AwsAccountKind, AwsSignIn, AwsSignInKind, Draft, limits};
use leptos::prelude::*;

use super::trust::trust_of_sign_in;
use crate::{
    forms::{FormErrors, violations_of},
    ui::{Choice, FieldGrid, RadioGroup, Section, Spinner, TextField},
};

/// An account being typed.
#[derive(Clone, Copy)]
pub(super) struct AccountForm {
    kind: AwsAccountKind,
    is_new: bool,
    number: RwSignal<String>,
    name: RwSignal<String>,
    sign_in: RwSignal<String>,
    profile: RwSignal<String>,
    role_arn: RwSignal<String>,
    /// Whether AWS is being asked.
    pub(super) is_asking: RwSignal<bool>,
    /// What would be sent.
    pub(super) draft: Memo<AwsAccountDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl AccountForm {
    /// Begins with an account, or with a new one of a kind.
    pub(super) fn new(kind: AwsAccountKind, account: Option<&AwsAccount>) -> Self {
        let (profile, role_arn) = match account.and_then(|account| account.sign_in.clone()) {
            Some(AwsSignIn::Profile { name }) => (name, String::new()),
            Some(AwsSignIn::Role { arn }) => (String::new(), arn.to_string()),
            Some(AwsSignIn::Server) | None => Default::default(),
        };
        let way = account.and_then(|account| account.sign_in.as_ref()).map_or_else(AwsSignInKind::default, AwsSignIn::kind);
        let number = RwSignal::new(account.map(|account| account.number.to_string()).unwrap_or_default());
        let name = RwSignal::new(account.map(|account| account.name.clone()).unwrap_or_default());
        let (sign_in, profile, role_arn) = (RwSignal::new(way.key().to_owned()), RwSignal::new(profile), RwSignal::new(role_arn));
        let draft = Memo::new(move |_| AwsAccountDraft {
            number: number.get(),
            name: name.get(),
            sign_in: sign_in.get(),
            profile: profile.get(),
            role_arn: role_arn.get(),
        });
        let before = account.map(|account| account.number.clone());
        let rules = move || violations_of(draft.get().check(before.as_ref()));
        let errors = FormErrors::with_rules(Signal::derive(rules));
        Self { kind, is_new: account.is_none(), number, name, sign_in, profile, role_arn, is_asking: RwSignal::new(false), draft, errors }
    }

    /// The sections of the form.
    pub(super) fn sections(self) -> AnyView {
        let Self { errors, .. } = self;
        let ways = AwsSignInKind::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label()).with_detail(about(*kind))).collect::<Vec<_>>();
        let right = match self.kind {
            AwsAccountKind::Management => "When you save, Tenantry checks with AWS that this is the management account of an organization.",
            AwsAccountKind::Single | AwsAccountKind::Member => "When you save, Tenantry checks with AWS that the server can sign in to this account.",
        };
        let asking = move || self.is_asking.get().then(|| view! { <Spinner label="Checking with AWS. This can take half a minute." /> });
        view! {
            <Section title="Account">
                <FieldGrid>
                    <TextField
                        name="number"
                        label="Account ID"
                        value=self.number
                        required=true
                        disabled=!self.is_new
                        input_mode="numeric"
                        hint=if self.is_new { "Twelve digits. Spaces and hyphens are ignored." } else { "The account ID can’t be changed." }
                        error=errors.of("number")
                        on_blur=errors.leave("number")
                    />
                    <TextField
                        name="name"
                        label="Name"
                        value=self.name
                        required=true
                        max_length=limits::NAME
                        error=errors.of("name")
                        on_blur=errors.leave("name")
                    />
                </FieldGrid>
            </Section>
            <Section title="Sign-in" description=right>
                <RadioGroup name="sign_in" label="How the server signs in" value=self.sign_in options=ways required=true error=errors.of("sign_in") />
                {move || self.way()}
            </Section>
            {asking}
        }
        .into_any()
    }

    /// The fields of the chosen way to sign in.
    fn way(self) -> AnyView {
        let Self { errors, number, .. } = self;
        match AwsSignInKind::from_key(&self.sign_in.get()) {
            Some(AwsSignInKind::Profile) => view! {
                <FieldGrid>
                    <TextField
                        name="profile"
                        label="Profile"
                        value=self.profile
                        required=true
                        max_length=limits::NAME
                        hint="A profile in the AWS configuration files on the server."
                        error=errors.of("profile")
                        on_blur=errors.leave("profile")
                    />
                </FieldGrid>
            }
            .into_any(),
            Some(AwsSignInKind::Role) => view! {
                {trust_of_sign_in(number.into())}
                <TextField
                    name="role_arn"
                    label="Role ARN"
                    value=self.role_arn
                    required=true
                    placeholder="arn:aws:iam::123456789012:role/Tenantry"
                    hint=self.needed()
                    error=errors.of("role_arn")
                    on_blur=errors.leave("role_arn")
                />
            }
            .into_any(),
            Some(AwsSignInKind::Server) | None => ().into_any(),
        }
    }

    /// What the role must be allowed to do.
    const fn needed(self) -> &'static str {
        match self.kind {
            AwsAccountKind::Management => "The role needs organizations:DescribeOrganization, organizations:ListAccounts and sts:AssumeRole.",
            AwsAccountKind::Single | AwsAccountKind::Member => "The role in this account that the server assumes.",
        }
    }
}

/// What a way to sign in is for.
const fn about(kind: AwsSignInKind) -> &'static str {
    match kind {
        AwsSignInKind::Server => "Environment variables, the default profile, or the role of the machine it runs on.",
        AwsSignInKind::Profile => "One of several profiles in the server’s AWS configuration.",
        AwsSignInKind::Role => "Recommended for accounts of other companies: no keys are exchanged.",
    }
}
