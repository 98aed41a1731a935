//! What must never reach the browser: each of these would cost everybody who opens a page hundreds of kilobytes.

use super::{Bench, counts::Counts};
use crate::{
    setup::WASM,
    shell::{Result, output},
};

/// A crate that is kept out, and the one through which it may come in after all.
const KEPT_OUT: [(&str, Option<&str>); 11] = [
    ("services", None),
    ("aws", None),
    ("api", None),
    ("server", None),
    ("sqlx", None),
    ("tokio", None),
    ("axum", None),
    ("jiff", None),
    ("image", None),
    ("rand", None),
    // It reads the server's configuration. The client never calls it, and so the linker leaves both out.
    ("regex", Some("leptos_config")),
];

/// Asks cargo for everything the client depends on.
pub(super) fn check(bench: &Bench) -> Result<Counts> {
    let mut tree = bench.cargo();
    tree.args(["tree", "--package", "frontend", "--target", WASM, "--edges", "normal,no-proc-macro", "--prefix", "depth"]);
    let edges = edges(&output(&mut tree)?);
    let mut counts = Counts::default();
    for (name, exception) in KEPT_OUT {
        let mut parents = edges.iter().filter(|(_, child)| child == name).map(|(parent, _)| parent.as_str());
        match parents.find(|parent| Some(*parent) != exception) {
            Some(parent) => {
                println!("`{name}` must not be part of the client; `{parent}` brings it in.");
                counts += Counts::failure();
            }
            None => counts += Counts::passed(1),
        }
    }
    Ok(counts)
}

/// (dependant, dependency) of a tree whose lines start with their depth.
fn edges(tree: &str) -> Vec<(String, String)> {
    let mut above: Vec<&str> = Vec::new();
    let mut edges = Vec::new();
    for line in tree.lines() {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let Ok(depth) = line[..line.len() - rest.len()].parse::<usize>() else { continue };
        let name = rest.split(' ').next().unwrap_or_default();
        above.truncate(depth);
        if let Some(parent) = above.last() {
            edges.push(((*parent).to_owned(), name.to_owned()));
        }
        above.push(name);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_as_pairs() {
        let edges = edges("0frontend v0.1.0 (/x)\n1app v0.1.0\n2leptos v0.8.23\n1leptos v0.8.23 (*)\n");
        let pairs: Vec<_> = edges.iter().map(|(parent, child)| format!("{parent}>{child}")).collect();
        assert_eq!(pairs, ["frontend>app", "app>leptos", "frontend>leptos"]);
    }
}
