//! Emptying functions that nothing calls but that the linker must keep, since their addresses stand in tables of functions.
//!
//! Leptos puts every way to make a view alive into one table a view. This page uses one way only; cutting then finds what the others
//! alone had needed, and leaves it out.

use std::{collections::BTreeSet, ops::Range};

use wasmparser::{
    BinaryReader, FunctionBody, KnownCustom, Name, NameSectionReader, Operator, Parser, Payload, RelocAddendKind, RelocSectionReader, TypeRef,
};

use crate::Result;

/// Parts of names of functions that are never called, and why.
const NEVER_CALLED: [&str; 4] = [
    // `frontend` waits for the one lazy file that a page may need, and then hydrates at one go.
    "hydrate_async",
    // For listing all pages, which the server does.
    "generate_routes",
    // No answer of the server is read as a stream. These are called by classes in JavaScript, by either name.
    "wasm_streams::",
    "intounderlying",
];

/// Exceptions: wasm-bindgen calls those that describe types, when it has the module next; and of those that drop something, many are equal,
/// so that the compiler keeps one of them, under one of their names.
const NEEDED_ALL_THE_SAME: [&str; 2] = ["describe", "drop"];

/// As long as a function must be to be worth it. Short ones may be shared: the compiler keeps one of several equal functions, under one of their names.
const WORTH_IT: usize = 48;

/// The module with these functions replaced by `unreachable`. No code moves, so that what the linker noted about places stays true.
pub(crate) fn without_unused(module: &[u8]) -> Result<Vec<u8>> {
    let found = Found::read(module)?;
    let mut result = module.to_vec();
    for body in &found.unused {
        if let Some([locals, first, middle @ .., last]) = result.get_mut(body.clone()) {
            (*locals, *first, *last) = (NO_LOCALS, UNREACHABLE, END);
            middle.fill(NOP);
        }
    }
    // What the linker noted about the insides of these functions is gone, and must be forgotten.
    if let Some((section, notes)) = &found.notes {
        result.splice(section.clone(), kept_notes(notes, &found)?);
    }
    Ok(result)
}

const NO_LOCALS: u8 = 0x00;
const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// The name of the section in which the linker notes what refers to what.
const NOTES: &str = "reloc.CODE";

/// What matters of a module.
#[derive(Default)]
struct Found<'m> {
    /// The insides of the functions to empty, in order.
    unused: Vec<Range<usize>>,
    /// Where the code begins: the notes count from there.
    code: usize,
    /// The linker's notes: the whole section, and what is in it.
    notes: Option<(Range<usize>, BinaryReader<'m>)>,
}

impl<'m> Found<'m> {
    fn read(module: &'m [u8]) -> Result<Self> {
        let (mut imported, mut bodies, mut calls, mut unused) = (0, Vec::new(), Vec::new(), BTreeSet::new());
        let mut found = Self::default();
        let mut end_of_last = 0;
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => found.code = place(range)?.start,
                Payload::CodeSectionEntry(body) => {
                    bodies.push(place(&body.range())?);
                    calls.push(called_by(body)?);
                }
                Payload::CustomSection(section) if section.name() == NOTES => {
                    found.notes = Some((end_of_last..place(&section.range())?.end, section.data_reader()));
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        unused = never_called(names)?;
                    }
                }
                _ => {}
            }
            end_of_last = payload.as_section().map_or(Ok(end_of_last), |(_, range)| place(&range).map(|range| range.end))?;
        }
        keep_shared(&mut unused, &calls, imported);
        let body = |function: usize| bodies.get(function.checked_sub(imported)?).filter(|body| body.len() >= WORTH_IT).cloned();
        found.unused = unused.into_iter().filter_map(body).collect();
        found.unused.sort_unstable_by_key(|body| body.start);
        Ok(found)
    }

    fn is_unused(&self, offset: usize) -> bool {
        let place = self.code + offset;
        let after = self.unused.partition_point(|body| body.end <= place);
        self.unused.get(after).is_some_and(|body| body.contains(&place))
    }
}

/// The functions that are never called, by number.
fn never_called(names: NameSectionReader<'_>) -> Result<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    for names in names {
        if let Name::Function(names) = names? {
            for naming in names {
                let naming = naming?;
                let name = naming.name;
                if NEVER_CALLED.iter().any(|part| name.contains(part)) && !NEEDED_ALL_THE_SAME.iter().any(|part| name.contains(part)) {
                    found.insert(usize::try_from(naming.index)?);
                }
            }
        }
    }
    Ok(found)
}

/// The functions that a function calls by number.
fn called_by(body: &FunctionBody<'_>) -> Result<Vec<usize>> {
    let mut called = Vec::new();
    for operator in body.get_operators_reader()? {
        if let Operator::Call { function_index } | Operator::ReturnCall { function_index } = operator? {
            called.push(usize::try_from(function_index)?);
        }
    }
    Ok(called)
}

/// Takes out what others call by number: the compiler keeps one of several equal functions, and its name may be that of an unused one.
fn keep_shared(unused: &mut BTreeSet<usize>, calls: &[Vec<usize>], imported: usize) {
    let mut to_visit: Vec<usize> = (imported..imported + calls.len()).filter(|function| !unused.contains(function)).collect();
    while let Some(function) = to_visit.pop() {
        let called = function.checked_sub(imported).and_then(|at| calls.get(at)).into_iter().flatten();
        to_visit.extend(called.filter(|called| unused.remove(called)));
    }
}

/// The section of notes anew, without those about places that are gone.
fn kept_notes(notes: &BinaryReader<'_>, found: &Found<'_>) -> Result<Vec<u8>> {
    let reader = RelocSectionReader::new(notes.clone())?;
    let (mut kept, mut count) = (Vec::new(), 0);
    for entry in reader.entries() {
        let entry = entry?;
        if found.is_unused(usize::try_from(entry.offset)?) {
            continue;
        }
        count += 1;
        kept.push(entry.ty as u8);
        kept.extend(leb128(entry.offset.into()));
        kept.extend(leb128(entry.index.into()));
        if entry.ty.addend_kind() != RelocAddendKind::None {
            kept.extend(signed_leb128(entry.addend));
        }
    }
    let name = [leb128(NOTES.len() as u64), NOTES.as_bytes().to_vec()].concat();
    let body = [name, leb128(reader.section_index().into()), leb128(count), kept].concat();
    Ok([vec![CUSTOM], leb128(body.len() as u64), body].concat())
}

/// The id of sections that only tools read.
const CUSTOM: u8 = 0;

fn place(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// An unsigned number in groups of seven bits.
pub(crate) fn leb128(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

fn signed_leb128(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        // The last byte's highest bit is the sign.
        if number == if byte & 0x40 == 0 { 0 } else { -1 } {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_used_function_calls_is_kept_and_so_is_what_that_calls() {
        // The first two numbers are imports. 2 is used and calls 3, which calls 4; 5 calls itself and is called by nobody else.
        let mut unused = BTreeSet::from([3, 4, 5]);
        keep_shared(&mut unused, &[vec![0, 3], vec![4], vec![], vec![5]], 2);
        assert_eq!(unused, BTreeSet::from([5]));
    }

    #[test]
    fn numbers_are_written_in_groups_of_seven_bits() {
        assert_eq!((leb128(0), leb128(127), leb128(624_485)), (vec![0], vec![0x7f], vec![0xe5, 0x8e, 0x26]));
        assert_eq!((signed_leb128(63), signed_leb128(64), signed_leb128(-123_456)), (vec![0x3f], vec![0xc0, 0], vec![0xc0, 0xbb, 0x78]));
    }
}
