//! What this request already knows about files.

use std::collections::HashMap;
use std::rc::Rc;

use crate::storage::Metadata;

/// Paths that are remembered, at most; the one that was not used for longest goes first.
pub const CAPACITY: usize = 200;

/// Metadata by path. "There is no such file" is remembered too.
#[derive(Debug, Default)]
pub struct MetadataCache {
    entries: HashMap<Vec<u8>, Entry>,
    clock: u64,
}

#[derive(Debug)]
struct Entry {
    used: u64,
    metadata: Option<Rc<Metadata>>,
}

impl MetadataCache {
    /// What is known about a path; none when nothing is.
    pub fn get(&mut self, path: &[u8]) -> Option<Option<Rc<Metadata>>> {
        self.clock += 1;
        let entry = self.entries.get_mut(path)?;
        entry.used = self.clock;
        Some(entry.metadata.clone())
    }

    /// Remembers what the database said.
    pub fn remember(&mut self, path: &[u8], metadata: Option<Rc<Metadata>>) {
        self.clock += 1;
        if self.entries.len() >= CAPACITY && !self.entries.contains_key(path) {
            let oldest = self
                .entries
                .iter()
                .min_by_key(|(_, entry)| entry.used)
                .map(|(path, _)| path.clone());
            if let Some(oldest) = oldest {
                self.entries.remove(&oldest);
            }
        }
        let used = self.clock;
        self.entries.insert(path.to_vec(), Entry { used, metadata });
    }

    /// Forgets one path.
    pub fn forget(&mut self, path: &[u8]) {
        self.entries.remove(path);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_not_used_for_longest_goes_first() {
        let mut cache = MetadataCache::default();
        for index in 0..CAPACITY {
            cache.remember(format!("p{index}").as_bytes(), None);
        }
        assert!(cache.get(b"p0").is_some());
        cache.remember(b"one more", None);
        assert!(cache.get(b"p0").is_some());
        assert!(cache.get(b"p1").is_none());
        assert!(cache.get(b"p2").is_some());
        assert_eq!(cache.entries.len(), CAPACITY);
        cache.forget(b"p0");
        assert!(cache.get(b"p0").is_none());
        cache.clear();
        assert!(cache.get(b"p2").is_none());
    }
}
