//! What is cited of `docs/spec` exists: whoever reads a rule must find where it comes from. So do the files that documents name, and the tests that the
//! tables of `docs/security` name.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Files in which something is cited.
const CITING: [&str; 6] = ["md", "py", "rs", "sql", "toml", "ts"];

/// Folders of files that others wrote.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// Where citations lead.
const SPEC: &str = "docs/spec/";

/// The headings of each document, by its name.
type Headings = BTreeMap<String, Vec<String>>;

fn headings(document: &str) -> Vec<String> {
    document.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim().to_owned()).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() && !name.starts_with('.') && !FOREIGN.contains(&&*name) {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| CITING.iter().any(|citing| extension == *citing)) {
            found.push(path);
        }
    }
}

/// What is wrong with the citations in a text: a document or a heading that doesn't exist, or a line that ends inside one, so that no search finds it.
fn faults(text: &str, known: &Headings) -> Vec<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut faults = Vec::new();
    for cited in flat.split(SPEC).skip(1) {
        let Some((name, rest)) = cited.split_once(".md") else { continue };
        if name.contains([' ', '<', '/']) {
            continue;
        }
        let Some(headings) = known.get(name) else {
            faults.push(format!("{name}.md doesn't exist"));
            continue;
        };
        let rest = rest.trim_start_matches(')');
        let heading = rest.strip_prefix(", \"").and_then(|rest| rest.split_once('"'));
        match heading {
            Some((heading, _)) if !headings.iter().any(|known| known == heading) => faults.push(format!("{name}.md has no heading “{heading}”")),
            None if rest.starts_with(", //") => faults.push(format!("a line ends inside the citation of {name}.md")),
            _ => {}
        }
    }
    faults
}

#[test]
fn what_is_cited_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut documents, mut paths, mut known, mut wrong) = (Vec::new(), Vec::new(), Headings::new(), Vec::new());
    files(&root.join(SPEC), &mut documents);
    for path in &documents {
        known.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), headings(&fs::read_to_string(path).unwrap()));
    }
    files(root, &mut paths);
    for path in paths.iter().filter(|path| !path.ends_with(file!())) {
        let mut text = fs::read_to_string(path).unwrap();
        if documents.contains(path) {
            // Among themselves the documents cite each other by links.
            text = text.replace("](", &format!("]({SPEC}"));
        }
        wrong.extend(faults(&text, &known).into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of the repository that a document names in backticks and that no path ends in. A path can leave out the folders before
/// it. Hidden folders are not looked into.
fn missing_files<'a>(document: &'a str, paths: &[PathBuf]) -> Vec<&'a str> {
    let named = document
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|text| text.contains('/') && !text.starts_with('.') && !text.contains([' ', '<', '*', ':', '{']));
    let is_file = |text: &&str| Path::new(text).extension().is_some_and(|extension| CITING.iter().any(|citing| extension == *citing));
    named.filter(is_file).filter(|text| !paths.iter().any(|path| path.ends_with(text))).collect()
}

#[test]
fn the_files_that_documents_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut paths = Vec::new();
    files(root, &mut paths);
    let documents = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let missing = |path: &PathBuf| missing_files(&fs::read_to_string(path).unwrap(), &paths).join(", ");
    let wrong: Vec<_> = documents.map(|path| (path.display(), missing(path))).filter(|(_, missing)| !missing.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What a table of `docs/security` names as shown by tests and no file has: each line of its last column is a file and then the tests in it, all in backticks.
fn missing_tests(document: &str, read: impl Fn(&str) -> Option<String>) -> Vec<&str> {
    let mut missing = Vec::new();
    for row in document.lines().filter(|line| line.starts_with("| V")) {
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        for line in shown.split("<br>") {
            let mut named = line.split('`').skip(1).step_by(2);
            let Some(text) = named.next().filter(|path| path.ends_with(".rs") || path.ends_with(".ts")).and_then(&read) else { continue };
            missing.extend(named.filter(|test| !text.contains(&format!("fn {test}(")) && !text.contains(&format!("'{test}"))));
        }
    }
    missing
}

#[test]
fn the_tests_that_show_security_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut documents = Vec::new();
    files(&root.join("docs/security"), &mut documents);
    for path in documents {
        let document = fs::read_to_string(&path).unwrap();
        let missing = missing_tests(&document, |path| fs::read_to_string(root.join(path)).ok());
        assert!(missing.is_empty(), "{}: {missing:?}", path.display());
    }
}

#[test]
fn a_test_that_is_gone_is_named() {
    let read = |path: &str| Some(format!("// {path}\nfn it_works() {{}}\ntest('signing in works', async () => {{}});"));
    let row = |shown: &str| format!("| V1.1.1 | 2 | asked for | `here` | {shown} |\n");
    let missing = |shown: &str| missing_tests(&row(shown), read).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert!(missing("`a.rs` `it_works`<br>`b.spec.ts` `signing in works`").is_empty());
    assert!(missing("the compiler: `unsafe_code = \"forbid\"` in `Cargo.toml`").is_empty());
    assert_eq!(missing("`a.rs` `it_works` `it_worked`<br>`b.spec.ts` `signing out works`"), ["it_worked", "signing out works"]);
}

#[test]
fn a_file_that_is_gone_is_named() {
    let paths = [PathBuf::from("/here/domain/src/list/query.rs")];
    assert_eq!(missing_files("`list/query.rs` and `domain/src/list/query.rs`, `a::b`", &paths), Vec::<&str>::new());
    assert_eq!(missing_files("See `list/gone.rs`.", &paths), ["list/gone.rs"]);
}

#[test]
fn what_does_not_exist_is_named() {
    let known = Headings::from([("clients".to_owned(), headings("# Clients\n\ntext\n\n## List\n"))]);
    for (text, fault) in [
        ("(docs/spec/clients.md, \"List\")", None),
        ("(docs/spec/clients.md, \"Clients\"; more)", None),
        ("[clients](docs/spec/clients.md)", None),
        ("docs/spec/<file>.md", None),
        ("docs/spec/clients.md, \"Lists\"", Some("clients.md has no heading “Lists”")),
        ("[clients](docs/spec/clients.md), \"Lists\"", Some("clients.md has no heading “Lists”")),
        ("docs/spec/customers.md", Some("customers.md doesn't exist")),
        ("// docs/spec/clients.md,\n// \"List\"", Some("a line ends inside the citation of clients.md")),
        ("// docs/spec/clients.md, \"The\n// list\"", Some("clients.md has no heading “The // list”")),
    ] {
        assert_eq!(faults(text, &known).first().map(String::as_str), fault, "{text}");
    }
}
