//! Leaving out of a WebAssembly module what only debuggers read. wasm-bindgen does so for the main module, nobody for the chunks.

/// The module without its custom sections `name` and `producers`; as it was if it can't be read.
pub(crate) fn without_names(module: &[u8]) -> Vec<u8> {
    rewrite(module).unwrap_or_else(|| module.to_vec())
}

fn rewrite(module: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(8)?;
    let mut kept = header.to_vec();
    while let Some((&id, after_id)) = rest.split_first() {
        let (length, body) = leb128(after_id)?;
        let (body, next) = body.split_at_checked(length)?;
        let is_custom = id == 0;
        if !(is_custom && matches!(name(body)?, b"name" | b"producers")) {
            kept.extend_from_slice(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Some(kept)
}

fn name(custom_section: &[u8]) -> Option<&[u8]> {
    let (length, rest) = leb128(custom_section)?;
    rest.get(..length)
}

/// An unsigned number of seven bits a byte, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_producers_go() {
        let header = b"\0asm\x01\0\0\0";
        let types = b"\x01\x04\x01\x60\0\0";
        let names = b"\0\x07\x04namexy";
        let features = b"\0\x05\x03fea!";
        let module = [&header[..], types, names, features].concat();
        assert_eq!(without_names(&module), [&header[..], types, features].concat());
    }

    #[test]
    fn what_is_no_module_stays() {
        assert_eq!(without_names(b"\0asm\x01\0\0\0\x01\xff"), b"\0asm\x01\0\0\0\x01\xff");
        assert_eq!(without_names(b"short"), b"short");
    }
}
