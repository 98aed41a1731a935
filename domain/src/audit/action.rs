//! What can be done, in words.

/// Every action that is recorded, by its noun, with how people read it.
#[rustfmt::skip]
pub const AUDIT_ACTIONS: &[(&str, &str)] = &[
    ("api_key.create", "API key added"),
    ("api_key.revoke", "API key revoked"),
    ("api_key.update", "API key changed"),
    ("audit.export", "Audit log exported"),
    ("audit.prune", "Old audit records deleted"),
    ("audit.retention", "Audit retention changed"),
    ("aws_account.associate", "AWS accounts associated"),
    ("aws_account.check", "AWS account check requested"),
    ("aws_account.create", "AWS account added"),
    ("aws_account.delete", "AWS account deleted"),
    ("aws_account.delink", "AWS account delinking requested"),
    ("aws_account.delinked", "AWS account delinked"),
    ("aws_account.disassociate", "AWS accounts disassociated"),
    ("aws_account.give_up", "AWS account onboarding given up"),
    ("aws_account.onboard", "AWS account onboarding requested"),
    ("aws_account.onboarded", "AWS account onboarded"),
    ("aws_account.onboarding_failed", "AWS account onboarding failed"),
    ("aws_account.pending", "AWS account onboarding pending"),
    ("aws_account.promote", "AWS account made a management account"),
    ("aws_account.refresh", "AWS account refresh requested"),
    ("aws_account.set_role", "Role ARN of AWS account set"),
    ("aws_account.update", "AWS account changed"),
    ("backup.create", "Backup requested"),
    ("backup.delete", "Backup deleted"),
    ("backup.download", "Backup downloaded"),
    ("catalogue_item.create", "Catalogue item added"),
    ("catalogue_item.restore", "Catalogue item restored"),
    ("catalogue_item.retire", "Catalogue item retired"),
    ("catalogue_item.update", "Catalogue item changed"),
    ("client.activate", "Client activated"),
    ("client.create", "Client added"),
    ("client.erase", "Client erased"),
    ("client.restore", "Client restored from a backup"),
    ("client.restrict", "Client restrictions changed"),
    ("client.suspend", "Client suspended"),
    ("client.terminate", "Client terminated"),
    ("client.update", "Client changed"),
    ("client_draft.create", "Client draft added"),
    ("client_draft.discard", "Client draft discarded"),
    ("client_import.discard", "Client import discarded"),
    ("client_import.start", "Client import started"),
    ("client_import.upload", "Client file uploaded"),
    ("credential_set.create", "Credential set added"),
    ("credential_set.delete", "Credential set deleted"),
    ("credential_set.update", "Credential set changed"),
    ("device.create", "Device added"),
    ("device.delete", "Device deleted"),
    ("device.import", "Devices imported"),
    ("device.update", "Device changed"),
    ("device_group.add", "Devices added to device group"),
    ("device_group.create", "Device group added"),
    ("device_group.delete", "Device group deleted"),
    ("device_group.remove", "Devices removed from device group"),
    ("device_group.update", "Device group changed"),
    ("invitation.accept", "Password link used"),
    ("invitation.create", "Password link created"),
    ("job.cancel", "Job cancelled"),
    ("job.repeat", "Job repeated"),
    ("key.rotate", "Master key rotated"),
    ("network_image.upload", "Network diagram uploaded"),
    ("partner.create", "Partner added"),
    ("partner.update", "Settings changed"),
    ("password.change", "Password changed"),
    ("password.change-failed", "Password change failed"),
    ("permission_set.create", "Permission set added"),
    ("permission_set.delete", "Permission set deleted"),
    ("permission_set.update", "Permission set changed"),
    ("report.create", "Report added"),
    ("report.delete", "Report deleted"),
    ("report.pause", "Report paused"),
    ("report.resume", "Report resumed"),
    ("report.run", "Report run"),
    ("report.update", "Report changed"),
    ("request.refused", "Request refused"),
    ("restore.start", "Restore started"),
    ("role.create", "Role added"),
    ("role.delete", "Role deleted"),
    ("role.update", "Role changed"),
    ("session.address-refused", "Address refused"),
    ("session.lock", "Sign-in locked"),
    ("session.sign-in", "Signed in"),
    ("session.sign-in-failed", "Sign-in failed"),
    ("session.sign-in-refused", "Sign-in refused"),
    ("session.sign-out", "Signed out"),
    ("session.sign-out-everywhere", "Signed out everywhere"),
    ("user.activate", "User activated"),
    ("user.create", "User added"),
    ("user.deactivate", "User deactivated"),
    ("user.picture", "Picture changed"),
    ("user.terminate", "User terminated"),
    ("user.update", "User changed"),
    ("user_group.create", "User group added"),
    ("user_group.delete", "User group deleted"),
    ("user_group.update", "User group changed"),
    ("user_group.users-add", "Users added to user group"),
    ("user_group.users-remove", "Users removed from user group"),
];

/// How people read an action; as it is recorded if no version of this program knows it.
#[must_use]
pub fn action_label(action: &str) -> &str {
    AUDIT_ACTIONS.iter().find(|(key, _)| *key == action).map_or(action, |(_, label)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_stands_once_and_in_order() {
        assert!(AUDIT_ACTIONS.is_sorted_by(|one, next| one.0 < next.0));
        assert_eq!(action_label("client.suspend"), "Client suspended");
        assert_eq!(action_label("client.teleport"), "client.teleport");
    }
}
