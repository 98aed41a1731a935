//! The names of fields: what `domain` calls `access.0.user_name` is sent as `clientDetails.serviceAccessDetails[0].hostedManager.userName`.

/// The field of a draft as the wire spells it: `access.0.user_name` is `clientDetails.serviceAccessDetails[0].hostedManager.userName`.
pub(crate) fn wire_field(field: &str) -> String {
    // The fields of a credential set stand beside its name.
    let field = field.strip_prefix("fields.").unwrap_or(field);
    let list = field.split('.').next().unwrap_or_default();
    let mut wire = String::new();
    for part in field.split('.') {
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            wire += &format!("[{part}]");
            continue;
        }
        if !wire.is_empty() {
            wire.push('.');
        }
        wire += &match (list, part) {
            ("access", "technology") => "technology.id".to_owned(),
            ("access", part) if part != list => format!("hostedManager.{}", camel(part)),
            ("providers", part) if part != list => camel(part),
            ("images", "title") => "name".to_owned(),
            ("notifications", "kind") => "notifyType".to_owned(),
            ("notifications", part) if part != list => camel(&format!("notify_{part}")),
            (_, part) => renamed(part).map_or_else(|| camel(part), str::to_owned),
        };
    }
    wire
}

/// Fields that the wire doesn't merely spell in camel case.
fn renamed(field: &str) -> Option<&'static str> {
    Some(match field {
        "external_id" => "extOrgId",
        "phone" => "phoneNumber",
        "mobile" => "mobileNumber",
        "allowed_ips" => "whiteListedIps",
        "access" => "clientDetails.serviceAccessDetails",
        "providers" => "clientDetails.internetSPDetails",
        "services" => "clientDetails.services",
        "images" => "clientDetails.networkArchitectures",
        "login" => "loginName",
        "record_type" => "type",
        "all_credentials" => "allCredentials",
        "permission_sets" => "permissions",
        "alternate_email" => "altEmail",
        "notifications" => "userNotifications",
        "account_type" => "userAccountType",
        "mask" => "maskType",
        "search_query" => "filterCriteria.searchQuery",
        "current" => "currentPassword",
        "new" => "newPassword",
        "confirmation" => "confirmPassword",
        _ => return None,
    })
}

fn camel(field: &str) -> String {
    let mut camel = String::new();
    for (at, word) in field.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at > 0 => camel.extend(first.to_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.extend(letters);
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_the_request_spells_them() {
        for (draft, wire) in [
            ("time_zone", "timeZone"),
            ("external_id", "extOrgId"),
            ("access.0.ip_address", "clientDetails.serviceAccessDetails[0].hostedManager.ipAddress"),
            ("access.1.technology", "clientDetails.serviceAccessDetails[1].technology.id"),
            ("access", "clientDetails.serviceAccessDetails"),
            ("providers.0.phone", "clientDetails.internetSPDetails[0].phone"),
            ("images.2.title", "clientDetails.networkArchitectures[2].name"),
            ("phone", "phoneNumber"),
            ("2.id", "[2].id"),
            ("fields.syncDataTS", "syncDataTS"),
            ("0.name", "[0].name"),
            ("", ""),
        ] {
            assert_eq!(wire_field(draft), wire);
        }
    }
}
