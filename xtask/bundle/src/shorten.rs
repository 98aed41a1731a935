//! What people would read in the bindings and browsers don't need: comments, indentation, and the long names by which both halves know each other.

use wasmparser::{Parser, Payload};

use crate::{Result, unused::leb128};

/// The bindings and the module with short names for what one imports from the other: two hundred names, each with a hash of sixteen letters
/// that compression can't shorten.
pub(crate) fn short_names(js: &str, module: &[u8]) -> Result<(String, Vec<u8>)> {
    let (mut js, mut short_module) = (js.to_owned(), Vec::with_capacity(module.len()));
    let mut end_of_last = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let end = usize::try_from(range.end)?;
        if let Payload::ImportSection(imports) = &payload {
            let mut section = leb128(imports.count().into());
            let mut entries = Vec::new();
            for import in imports.clone().into_imports_with_offsets() {
                let (offset, import) = import?;
                entries.push((usize::try_from(offset)?, import));
            }
            for (number, (offset, import)) in entries.iter().enumerate() {
                let next = entries.get(number + 1).map_or(end, |(next, _)| *next);
                // Both names stand before the rest, each behind its length.
                let names = [import.module, import.name].map(|name| leb128(name.len() as u64).len() + name.len());
                let short = format!("i{number}");
                let name = if has_hash(import.name) && js.contains(import.name) { short.as_str() } else { import.name };
                if name != import.name {
                    js = js.replace(import.name, name);
                }
                for name in [import.module, name] {
                    section.extend(leb128(name.len() as u64));
                    section.extend(name.as_bytes());
                }
                section.extend(&module[offset + names.iter().sum::<usize>()..next]);
            }
            short_module.push(id);
            short_module.extend(leb128(section.len() as u64));
            short_module.extend(section);
        } else {
            // With its id and length, which stand before it, and before the first section also the module's header.
            short_module.extend(&module[end_of_last..end]);
        }
        end_of_last = end;
    }
    Ok((js, short_module))
}

/// Whether a name ends like `_f8d1589eb0c65ee2`: then no other name is its beginning.
fn has_hash(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The script without indentation and without comments that have lines of their own. Nothing in it is written over several lines but code.
pub(crate) fn without_comments(js: &str) -> String {
    let mut short = String::with_capacity(js.len());
    let mut in_comment = false;
    for line in js.lines().map(str::trim) {
        let begins = line.starts_with("/*");
        if in_comment || begins {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASHED: &str = "__wbg_abort_f8d1589eb0c65ee2";

    #[test]
    fn both_halves_get_the_same_short_names() {
        let import = |name: &str| [&[1, b'w'][..], &[name.len() as u8], name.as_bytes(), &[0, 0]].concat();
        let section = |imports: Vec<Vec<u8>>| {
            let body = [vec![imports.len() as u8], imports.concat()].concat();
            [vec![2, body.len() as u8], body].concat()
        };
        let (header, types) = (b"\0asm\x01\0\0\0", b"\x01\x04\x01\x60\0\0");
        let module = |imports| [&header[..], types, &section(imports), b"\0\x03\x02hi"].concat();
        let (js, short) = short_names(&format!("{{ {HASHED}: f, plain: g }}"), &module(vec![import(HASHED), import("plain")])).unwrap();
        assert_eq!(js, "{ i0: f, plain: g }");
        assert_eq!(short, module(vec![import("i0"), import("plain")]));
    }

    #[test]
    fn code_stays_and_comments_go() {
        let js = "/* one */\nexport function f() {\n    /**\n * @returns {number}\n */\n    // why\n    return 4 /* four */ / 2; // two\n}\n";
        assert_eq!(without_comments(js), "export function f() {\nreturn 4 /* four */ / 2; // two\n}\n");
    }
}
