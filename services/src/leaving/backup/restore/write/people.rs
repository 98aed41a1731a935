//! Users and their groups.

use domain::{ClientId, UserGroupDraft, UserProfile, UserStatus, counted};

use super::{Ids, Restoring, within};
use crate::{
    Result,
    leaving::backup::restore::{
        lines::{UserGroupLine, UserLine, UserMemberLine},
        pictures::user_picture_name,
        source::wrong,
    },
    people::user::{Details, RestoredUser},
};

impl Restoring<'_> {
    pub(super) async fn users(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
        let lines: Vec<UserLine> = self.source.lines("users")?.collect::<Result<_>>()?;
        let (mut taken, mut terminated) = (Vec::new(), 0);
        for line in lines {
            let status =
                UserStatus::from_key(&line.status).ok_or_else(|| wrong(&format!("users.jsonl, {}: unknown status {}.", line.id, line.status)))?;
            if status == UserStatus::Terminated {
                terminated += 1;
                continue;
            }
            let details: Details = serde_json::from_value(line.details).map_err(|error| wrong(&format!("users.jsonl, {}: {error}.", line.id)))?;
            let picture = user_picture_name(&details).and_then(|name| self.pictures.remove(&name));
            let profile = UserProfile {
                login: line.login.clone(),
                first_name: line.first_name,
                last_name: line.last_name,
                email: line.email,
                all_user_groups: line.all_user_groups,
                change_password: false,
                ..details.profile
            };
            let user = RestoredUser { profile, status, reason: details.reason, picture };
            match self.services.user_restore(self.tx, client, user).await.map_err(|fault| within("users", &line.id.to_string(), fault))? {
                Some((id, file)) => {
                    ids.users.insert(line.id.to_string(), id);
                    self.files.extend(file);
                }
                None => taken.push(line.login),
            }
        }
        self.restored.came(ids.users.len(), "user", "users");
        self.restored.skipped(ids.users.len() as u64, "password (send an invitation)", "passwords (send invitations)");
        if let [first, rest @ ..] = &*taken {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let users = counted(taken.len() as u64, "user whose login name is in use", "users whose login names are in use");
            self.restored.skipped.push(format!("{users} ({first}{more})"));
        }
        self.restored.skipped(terminated, "terminated user", "terminated users");
        Ok(())
    }

    pub(super) async fn user_groups(&mut self, ids: &mut Ids) -> Result<()> {
        let lines: Vec<UserGroupLine> = self.source.lines("user_groups")?.collect::<Result<_>>()?;
        for line in lines {
            let draft =
                UserGroupDraft { name: Some(line.name), description: Some(line.description), email: Some(line.email), ..UserGroupDraft::default() };
            let added = self.services.user_group_add(self.tx, &draft).await.map_err(|fault| within("user_groups", &line.id, fault))?;
            ids.user_groups.insert(line.id, added);
        }
        let members: Vec<UserMemberLine> = self.source.lines("user_group_users")?.collect::<Result<_>>()?;
        for UserMemberLine { user_group, user } in members {
            if let (Some(group), Some(user)) = (ids.user_groups.get(&user_group), ids.users.get(&user.to_string())) {
                self.tx.user_groups_change(*user, &[group.1], &[]).await?;
            }
        }
        self.restored.came(ids.user_groups.len(), "user group", "user groups");
        Ok(())
    }
}
