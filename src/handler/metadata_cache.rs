//! What this request already knows about files.

use std::num::NonZeroUsize;
use std::rc::Rc;

use lru::LruCache;

use crate::storage::{Metadata, Name};

/// Files that are remembered, at most; the one that was not used for longest goes first.
pub const CAPACITY: NonZeroUsize = NonZeroUsize::new(200).expect("more than none");

/// Metadata by name. "There is no such file" is remembered too.
#[derive(Debug)]
pub struct MetadataCache {
    entries: LruCache<Name, Option<Rc<Metadata>>>,
}

impl Default for MetadataCache {
    fn default() -> Self {
        // A limit that it is made with would be room for as many from the start, in a request which asks for one.
        let mut entries = LruCache::unbounded();
        entries.resize(CAPACITY);
        Self { entries }
    }
}

impl MetadataCache {
    /// What is known about a file; none when nothing is.
    pub fn get(&mut self, name: &Name) -> Option<Option<Rc<Metadata>>> {
        self.entries.get(name).cloned()
    }

    /// Remembers what the database said.
    pub fn remember(&mut self, name: &Name, metadata: Option<Rc<Metadata>>) {
        if let Some(known) = self.entries.get_mut(name) {
            *known = metadata;
            return;
        }
        self.entries.put(name.clone(), metadata);
    }

    /// Forgets one file.
    pub fn forget(&mut self, name: &Name) {
        self.entries.pop(name);
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
    fn the_file_not_used_for_longest_goes_first() {
        let mut cache = MetadataCache::default();
        for index in 0..CAPACITY.get() {
            cache.remember(&Name::from(format!("p{index}").into_bytes()), None);
        }
        assert!(cache.get(&Name::new(b"p0")).is_some());
        cache.remember(&Name::new(b"one more"), None);
        assert!(cache.get(&Name::new(b"p0")).is_some());
        assert!(cache.get(&Name::new(b"p1")).is_none());
        assert!(cache.get(&Name::new(b"p2")).is_some());
        assert_eq!(cache.entries.len(), CAPACITY.get());
        cache.forget(&Name::new(b"p0"));
        assert!(cache.get(&Name::new(b"p0")).is_none());
        cache.clear();
        assert!(cache.get(&Name::new(b"p2")).is_none());
    }
}
