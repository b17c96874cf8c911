//! What this request already knows about files.

use std::rc::Rc;

use lru::LruCache;

use crate::storage::Metadata;

/// Paths that are remembered, at most; the one that was not used for longest goes first.
pub const CAPACITY: usize = 200;

/// Metadata by path. "There is no such file" is remembered too.
#[derive(Debug)]
pub struct MetadataCache {
    /// It has no limit of its own, so that a request which asks for one file has room for no more.
    entries: LruCache<Vec<u8>, Option<Rc<Metadata>>>,
}

impl Default for MetadataCache {
    fn default() -> Self {
        Self {
            entries: LruCache::unbounded(),
        }
    }
}

impl MetadataCache {
    /// What is known about a path; none when nothing is.
    pub fn get(&mut self, path: &[u8]) -> Option<Option<Rc<Metadata>>> {
        self.entries.get(path).cloned()
    }

    /// Remembers what the database said.
    pub fn remember(&mut self, path: &[u8], metadata: Option<Rc<Metadata>>) {
        if let Some(known) = self.entries.get_mut(path) {
            *known = metadata;
            return;
        }
        if self.entries.len() >= CAPACITY {
            self.entries.pop_lru();
        }
        self.entries.put(path.to_vec(), metadata);
    }

    /// Forgets one path.
    pub fn forget(&mut self, path: &[u8]) {
        self.entries.pop(path);
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
