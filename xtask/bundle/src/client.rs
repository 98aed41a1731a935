//! The client's own files: JavaScript bindings, the module itself and, where routes are lazy, the parts loaded later.

use std::{collections::BTreeMap, fs};

use serde_json::{Map, Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    Options, Result,
    site::{Site, digest, hex16},
};

/// The name by which bindings and loader import each other until both have their final names.
const BINDINGS: &str = "./tenantry.js";
const LOADER: &str = "./__wasm_split.js";

/// The client's files before they are named.
pub(crate) struct Client {
    js: String,
    wasm: Vec<u8>,
    /// JavaScript which crates bring along, by path.
    snippets: BTreeMap<String, String>,
    lazy: Lazy,
}

/// What is loaded only when a lazy function is first called.
struct Lazy {
    loader: String,
    /// File stem → module.
    chunks: BTreeMap<String, Vec<u8>>,
    /// Lazy function → stems of all the chunks it needs, for preloading.
    needs: BTreeMap<String, Vec<String>>,
}

/// Cuts the module at its lazy functions, and runs wasm-bindgen on the main part.
pub(crate) fn bindings(wasm: &[u8], options: &Options) -> Result<Client> {
    let (main, lazy) = cut(wasm, options)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .typescript(false)
        // The start-up module names the file, which has a hash that isn't known here.
        .omit_default_module_path(true)
        // Chunks address what they share with the main module by the linker's exports.
        .keep_lld_exports(true)
        .demangle(!options.release)
        .remove_name_section(options.release)
        .remove_producers_section(options.release)
        .input_bytes("tenantry", main);
    let mut output = bindgen.generate_output()?;
    let mut snippets = BTreeMap::new();
    for (identifier, inline) in output.snippets() {
        snippets.extend(inline.iter().enumerate().map(|(n, js)| (format!("snippets/{identifier}/inline{n}.js"), js.clone())));
    }
    snippets.extend(output.local_modules().iter().map(|(path, js)| (format!("snippets/{path}"), js.clone())));
    Ok(Client { js: output.js().to_owned(), wasm: output.wasm_mut().emit_wasm(), snippets, lazy })
}

fn cut(wasm: &[u8], options: &Options) -> Result<(Vec<u8>, Lazy)> {
    let scratch = options.out.with_extension("split");
    if scratch.exists() {
        fs::remove_dir_all(&scratch)?;
    }
    fs::create_dir_all(&scratch)?;
    let main = scratch.join("main.wasm");
    let split = wasm_split_cli_support::transform({
        let mut split = wasm_split_cli_support::Options::new(wasm);
        split.output_dir = &scratch;
        split.main_out_path = &main;
        split.main_module = BINDINGS;
        split.link_name = LOADER;
        split
    })?;
    let mut chunks = BTreeMap::new();
    for path in split.split_modules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let chunk = fs::read(path)?;
        chunks.insert(stem, if options.release { without_names(&chunk)? } else { chunk });
    }
    let loader = fs::read_to_string(scratch.join(LOADER))?;
    let main = fs::read(main)?;
    fs::remove_dir_all(scratch)?;
    Ok((main, Lazy { loader, chunks, needs: split.prefetch_map.into_iter().collect() }))
}

/// Without what only debuggers read. wasm-bindgen removes it from the main module, but never sees the chunks.
fn without_names(chunk: &[u8]) -> Result<Vec<u8>> {
    let mut module = walrus::ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(chunk)?;
    Ok(module.emit_wasm())
}

impl Client {
    /// Adds all files under their final names and returns what the page needs to know of them.
    /// `reload` is the script of a page that reloads itself.
    pub(crate) fn add_to(self, site: &mut Site, reload: Option<&str>) -> Map<String, Value> {
        // One hash for all: the files import each other, in a circle even, and none works with those of another build.
        let hash = self.hash();
        let (js_name, wasm_name) = (format!("tenantry-{hash}.js"), format!("tenantry-{hash}.wasm"));
        let mut manifest = Map::new();
        let mut chunk_names = Vec::new();
        let loader_name = format!("lazy-{hash}.js");
        let js = import_from(&self.js, LOADER, &loader_name);
        let mut loader = import_from(&self.lazy.loader, BINDINGS, &js_name);
        for (stem, chunk) in self.lazy.chunks {
            let name = format!("{stem}-{hash}.wasm");
            loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
            site.add(name.clone(), chunk);
            chunk_names.push(name);
        }
        site.add(loader_name.clone(), loader);
        let needs = self.lazy.needs.into_iter().map(|(function, stems)| {
            // Without the extension: that is how Leptos wants them for its preload links.
            let stems: Vec<_> = stems.into_iter().map(|stem| format!("{stem}-{hash}")).collect();
            (function, Value::from(stems))
        });
        manifest.insert("loader".into(), loader_name.into());
        manifest.insert("lazy".into(), needs.collect::<Map<_, _>>().into());
        for (path, snippet) in self.snippets {
            site.add(path, snippet);
        }
        let reload = reload.map(|file| format!("import \"./{file}\";\n")).unwrap_or_default();
        // The mark at the end is for tests: from then on, the page answers clicks by itself.
        // A page that is left while it loads is no failure, and one whose scripts don't come still has its links and forms.
        let boot = format!(
            "{reload}\
             import init, {{ hydrate }} from \"./{js_name}\";\n\
             try {{\n\
             await init({{ module_or_path: new URL(\"./{wasm_name}\", import.meta.url) }});\n\
             await hydrate();\n\
             document.documentElement.dataset.hydrated = \"\";\n\
             }} catch (reason) {{\n\
             console.warn(\"The page stays as the server sent it.\", reason);\n\
             }}\n"
        );
        site.add(js_name.clone(), js);
        site.add(wasm_name.clone(), self.wasm);
        manifest.insert("boot".into(), site.add_hashed("boot", "js", boot).into());
        manifest.insert("js".into(), js_name.into());
        manifest.insert("wasm".into(), wasm_name.into());
        manifest.insert("chunks".into(), json!(chunk_names));
        manifest
    }

    fn hash(&self) -> String {
        let chunks = self.lazy.chunks.iter().flat_map(|(stem, chunk)| [stem.as_bytes(), chunk.as_slice()]);
        let lazy = [self.lazy.loader.as_bytes()].into_iter().chain(chunks);
        let snippets = self.snippets.iter().flat_map(|(path, js)| [path.as_bytes(), js.as_bytes()]);
        hex16(&digest([self.js.as_bytes(), self.wasm.as_slice()].into_iter().chain(lazy).chain(snippets)))
    }
}

/// Changes only where a module is imported *from*: the same text also serves as the key of an import object, and the
/// compiled module asks for that key.
fn import_from(js: &str, module: &str, file: &str) -> String {
    ['"', '\'']
        .into_iter()
        .fold(js.to_owned(), |js, quote| js.replace(&format!("from {quote}{module}{quote}"), &format!("from {quote}./{file}{quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Effort;

    fn client() -> Client {
        Client {
            js: "import * as star from \"./__wasm_split.js\";\nconst imports = { \"./__wasm_split.js\": star };".into(),
            wasm: b"\0asm".to_vec(),
            snippets: BTreeMap::new(),
            lazy: Lazy {
                loader: "import { initSync } from \"./tenantry.js\"; fetch(new URL(\"./chunk_0.wasm\", import.meta.url))".into(),
                chunks: [("chunk_0".to_owned(), b"\0asm0".to_vec())].into(),
                needs: [("wizard".to_owned(), vec!["chunk_0".to_owned()])].into(),
            },
        }
    }

    #[test]
    fn files_import_each_other_by_their_final_names() {
        let mut site = Site::new(Effort::Fastest);
        let manifest = client().add_to(&mut site, Some("reload.js"));
        let folder = tempfile::tempdir().unwrap();
        site.write(folder.path()).unwrap();
        let read = |key: &str| fs::read_to_string(folder.path().join(manifest[key].as_str().unwrap())).unwrap();
        let name = |key: &str| manifest[key].as_str().unwrap().to_owned();

        assert!(read("boot").contains(&name("js")) && read("boot").contains(&name("wasm")) && read("boot").contains("import \"./reload.js\""));
        assert!(read("js").contains(&format!("from \"./{}\"", name("loader"))));
        assert!(read("js").contains("{ \"./__wasm_split.js\": star }"));
        assert!(read("loader").contains(&format!("from \"./{}\"", name("js"))));
        let chunk = manifest["chunks"][0].as_str().unwrap();
        assert!(read("loader").contains(chunk));
        assert_eq!(manifest["lazy"]["wizard"][0], chunk.strip_suffix(".wasm").unwrap());
    }

    #[test]
    fn any_change_renames_the_whole_family() {
        let other = Client { wasm: b"\0asm1".to_vec(), ..client() };
        assert_ne!(client().hash(), other.hash());
        assert_eq!(client().hash(), client().hash());
    }
}
