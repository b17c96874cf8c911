//! `[ClusteringSettings]` of a site's `file.ini`, as the kernel reads it.

use std::collections::HashMap;
use std::path::Path;

use crate::failure::Failure;

/// The files that are read, the later one overriding single keys of the earlier one.
const FILES: [&str; 2] = ["settings/file.ini", "settings/override/file.ini.append.php"];

/// The keys of the group, those of the override last.
pub fn read(site: &Path) -> Result<HashMap<String, String>, Failure> {
    let mut keys = HashMap::new();
    let mut found = false;
    for file in FILES {
        let path = site.join(file);
        match std::fs::read(&path) {
            Ok(bytes) => {
                found = true;
                keys.extend(parse(&String::from_utf8_lossy(&bytes)));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(Failure::Usage(format!("cannot read {}: {error}", path.display())));
            }
        }
    }
    if !found {
        return Err(Failure::Usage(format!(
            "--site {}: there is neither {} nor {}",
            site.display(),
            FILES[0],
            FILES[1]
        )));
    }
    Ok(keys)
}

/// The keys of the group in one file. The wrapper that keeps a web server from showing the file
/// (`<?php /* #?ini … */ ?>`) is neither a group nor a key.
fn parse(text: &str) -> HashMap<String, String> {
    let mut keys = HashMap::new();
    let mut inside = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("<?") || line.starts_with("*/") {
            continue;
        }
        if let Some(group) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            inside = group == "ClusteringSettings";
        } else if let Some((key, value)) = line.split_once('=').filter(|_| inside) {
            keys.insert(key.trim().to_owned(), value.trim().to_owned());
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_an_override_file() {
        let keys = parse(
            "<?php /* #?ini charset=\"utf-8\"?\r\n\r\n[Other]\nDBHost=no\n[ClusteringSettings]\r\n# DBHost=no\n\
             DBHost=db \nDBName=\nDBPassword=a#b=c;'\"\nList[]=x\n[Another]\nDBUser=no\n*/ ?>\n",
        );
        assert_eq!(keys.get("DBHost").map(String::as_str), Some("db"));
        assert_eq!(keys.get("DBName").map(String::as_str), Some(""));
        assert_eq!(keys.get("DBPassword").map(String::as_str), Some("a#b=c;'\""));
        assert_eq!(keys.get("DBUser"), None);
    }
}
