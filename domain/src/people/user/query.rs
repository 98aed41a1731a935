//! What can be asked of the list of users.

use crate::{
    ClientId, ListFilter, NameSort, OwnerFilter, Query, Timestamp, UserId, UserStatus,
    list::{FILTER, client_pair, read_client},
};

/// A view of the list of users. What is searched is the name, the login and the e-mail address.
pub type UserQuery = Query<NameSort, UserFilter>;

/// Which users are listed; everything that is given must fit. Pages filter by status, invitation or owner and by client, the API by the rest
/// (docs/spec/rest-api.md, "Search keys").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// The one with this id.
    pub id: Option<UserId>,
    /// Anywhere in the login.
    pub login: Option<String>,
    /// Anywhere in the first name.
    pub first_name: Option<String>,
    /// Anywhere in the last name.
    pub last_name: Option<String>,
    /// Anywhere in the e-mail address.
    pub email: Option<String>,
    /// In this state; otherwise in any but terminated.
    pub status: Option<UserStatus>,
    /// Only those who were invited and never chose a password.
    pub invited: bool,
    /// Whose.
    pub owner: Option<OwnerFilter>,
    /// Of this client.
    pub client: Option<ClientId>,
    /// Not created before.
    pub created_from: Option<Timestamp>,
    /// Not created after.
    pub created_to: Option<Timestamp>,
    /// Not changed before.
    pub updated_from: Option<Timestamp>,
    /// Not changed after.
    pub updated_to: Option<Timestamp>,
}

impl UserFilter {
    /// Every user who isn't terminated.
    pub const CURRENT: Self = Self::new(None, false, None);

    /// Active users who never chose a password.
    pub const INVITED: Self = Self::new(None, true, None);

    /// Users in a state.
    #[must_use]
    pub const fn in_state(status: UserStatus) -> Self {
        Self::new(Some(status), false, None)
    }

    /// The partner's own users, or those of clients.
    #[must_use]
    pub const fn of_owner(owner: OwnerFilter) -> Self {
        Self::new(None, false, Some(owner))
    }

    const fn new(status: Option<UserStatus>, invited: bool, owner: Option<OwnerFilter>) -> Self {
        Self {
            id: None,
            login: None,
            first_name: None,
            last_name: None,
            email: None,
            status,
            invited,
            owner,
            client: None,
            created_from: None,
            created_to: None,
            updated_from: None,
            updated_to: None,
        }
    }
}

/// The key of [`UserFilter::INVITED`].
const INVITED: &str = "invited";

/// An address has one `filter`: a state, an invitation or an owner.
impl ListFilter for UserFilter {
    fn read(&mut self, key: &str, value: &str) {
        self.status.read(key, value);
        self.owner.read(key, value);
        if key == FILTER {
            self.invited = value == INVITED;
        }
        read_client(&mut self.client, key, value);
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let invited = self.invited.then(|| (FILTER, INVITED.to_owned()));
        self.status.pairs().into_iter().chain(invited).chain(self.owner.pairs()).chain(client_pair(self.client)).collect()
    }

    const BY_CLIENT: bool = true;

    fn client(&self) -> Option<ClientId> {
        self.client
    }

    fn of_client(self, client: Option<ClientId>) -> Self {
        Self { client, ..self }
    }
}
