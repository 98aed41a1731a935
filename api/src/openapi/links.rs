//! Links from the creation of a thing to the operations that use its id.

use std::collections::BTreeMap;

use utoipa::openapi::{
    OpenApi, PathItem, RefOr,
    link::{Link, LinkBuilder},
    path::Operation,
};

/// By the parameter that names a thing in paths: where the answer to its creation has its id.
const IDS: &[(&str, &str)] = &[
    ("awsAccountId", "/id"),
    ("clientId", "/uniqueId"),
    ("credentialSetId", "/uniqueId"),
    ("deviceGroupId", "/0/id"),
    ("groupId", "/uniqueId"),
    ("resourceId", "/resourceUUID"),
    ("roleId", "/uniqueId"),
    ("uniqueId", "/uniqueId"),
    ("userId", "/id"),
];

/// Adds the links to every operation that creates things.
pub(crate) fn add(document: &mut OpenApi) {
    let mut links: BTreeMap<String, Vec<(String, Link)>> = BTreeMap::new();
    for (path, item) in &document.paths.paths {
        let Some((collection, parameter, id)) = thing(path) else { continue };
        for operation in operations(item) {
            let Some(name) = &operation.operation_id else { continue };
            let link = LinkBuilder::new().operation_id(name).parameter("tenantId", "$request.path.tenantId");
            let link = link.parameter(parameter, format!("$response.body#{id}")).build();
            links.entry(collection.to_owned()).or_default().push((name.clone(), link));
        }
    }
    for (path, links) in links {
        let Some(making) = document.paths.paths.get_mut(&path).and_then(|item| item.post.as_mut()) else { continue };
        let answers = &mut making.responses.responses;
        let status = if answers.contains_key("201") { "201" } else { "200" };
        if let Some(RefOr::T(answer)) = answers.get_mut(status) {
            answer.links.extend(links.into_iter().map(|(name, link)| (name, link.into())));
        }
    }
}

/// Of a path to one thing: its collection, the parameter that names it, and where an answer has that id.
fn thing(path: &str) -> Option<(&str, &'static str, &'static str)> {
    IDS.iter().find_map(|(parameter, id)| Some((path.split_once(&format!("/{{{parameter}}}"))?.0, *parameter, *id)))
}

fn operations(item: &PathItem) -> impl Iterator<Item = &Operation> {
    [&item.get, &item.put, &item.post, &item.delete].into_iter().flatten()
}
