//! A test that the arrows between the folders point down.

use std::path::Path;

/// Folders from top to bottom. A file may name those below its own, never one above.
const LAYERS: [&str; 5] = ["php", "handler", "storage", "pool", "mysql"];

fn sources(directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(directory).expect("the sources are there") {
        let path = entry.expect("a directory entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn no_layer_uses_one_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (level, layer) in LAYERS.iter().enumerate() {
        let mut files = Vec::new();
        sources(&root.join(layer), &mut files);
        assert!(!files.is_empty(), "{layer} has no sources");
        for (path, text) in files {
            for above in &LAYERS[..level] {
                let upward =
                    text.contains(&format!("crate::{above}::")) || text.contains(&format!("crate::{above};"));
                assert!(!upward, "{path} uses {above}, which is above it");
            }
            assert!(
                *layer == "php" || !text.contains("ext_php_rs"),
                "{path} knows Zend"
            );
            let c_client = text.contains("mysqlclient_sys");
            assert!(*layer == "mysql" || !c_client, "{path} speaks to the C client");
            let allows_unsafe = text.contains("allow(unsafe_code)");
            assert!(
                ["mysql", "php"].contains(layer) || !allows_unsafe,
                "{path} allows unsafe code"
            );
        }
    }
}
