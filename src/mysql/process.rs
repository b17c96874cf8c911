//! The number of this process, without a system call each time it is asked for.

#![allow(unsafe_code)]

use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use once_cell::sync::Lazy;

/// As [`std::process::id`]. Every connection that is lent or comes back asks who made it.
///
/// The number is remembered in memory that the kernel empties in a child after `fork()`, however that
/// came about. Where the kernel does not do that, nothing is remembered.
#[must_use]
pub fn id() -> u32 {
    static REMEMBERED: Lazy<Option<Wiped>> = Lazy::new(Wiped::new);
    let Some(remembered) = REMEMBERED.as_ref() else {
        return std::process::id();
    };
    let number = remembered.number();
    match number.load(Relaxed) {
        // No process has the number 0.
        0 => {
            let own = std::process::id();
            number.store(own, Relaxed);
            own
        }
        own => own,
    }
}

/// A page that is empty in a child.
struct Wiped(NonNull<AtomicU32>);

// SAFETY: the page is mapped to the end of the process and used as one atomic number alone.
unsafe impl Send for Wiped {}
// SAFETY: as above.
unsafe impl Sync for Wiped {}

impl Wiped {
    fn new() -> Option<Self> {
        /// An advice that no kernel knows: what accepts it, as some emulators do, accepts anything and
        /// does nothing.
        const UNKNOWN: libc::c_int = -1;
        // SAFETY: asks for a number.
        let size = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).ok()?;
        // SAFETY: a new mapping of memory that belongs to nobody else; it is aligned and filled with
        // zeros, and given back where the kernel does not take the advice.
        unsafe {
            let page = libc::mmap(
                ptr::null_mut(),
                size,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            if page == libc::MAP_FAILED {
                return None;
            }
            let wiped = libc::madvise(page, size, UNKNOWN) != 0
                && libc::madvise(page, size, libc::MADV_WIPEONFORK) == 0;
            if !wiped {
                libc::munmap(page, size);
                return None;
            }
            NonNull::new(page.cast()).map(Self)
        }
    }

    fn number(&self) -> &AtomicU32 {
        // SAFETY: the page stays mapped, is aligned, and holds a number from the start.
        unsafe { self.0.as_ref() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_has_a_number_of_its_own() {
        assert_eq!(id(), std::process::id());
        assert_eq!(id(), std::process::id());
        // SAFETY: the child does nothing but compare two numbers and end, without running what the
        // parent wants run at its end.
        let status = unsafe {
            let child = libc::fork();
            if child == 0 {
                let right = id() == std::process::id() && id() == std::process::id();
                libc::_exit(if right { 0 } else { 1 });
            }
            assert!(child > 0);
            let mut status = -1;
            assert_eq!(libc::waitpid(child, &raw mut status, 0), child);
            status
        };
        assert_eq!(status, 0);
        assert_eq!(id(), std::process::id());
    }

    #[test]
    fn a_child_does_not_draw_the_numbers_of_its_parent() {
        let before = crate::random::number();
        let mut ends = [-1; 2];
        // SAFETY: the child draws a number, writes it to the pipe and ends, without running what the parent wants run
        // at its end; the parent reads as much into room of that size.
        let drawn = unsafe {
            assert_eq!(libc::pipe(ends.as_mut_ptr()), 0);
            let child = libc::fork();
            if child == 0 {
                let drawn = crate::random::number();
                let written = libc::write(ends[1], (&raw const drawn).cast(), size_of::<u64>());
                libc::_exit(if written == 8 { 0 } else { 1 });
            }
            let (mut drawn, mut status) = (0_u64, -1);
            assert_eq!(libc::read(ends[0], (&raw mut drawn).cast(), size_of::<u64>()), 8);
            assert_eq!(libc::waitpid(child, &raw mut status, 0), child);
            assert_eq!((status, libc::close(ends[0]), libc::close(ends[1])), (0, 0, 0));
            drawn
        };
        let after = crate::random::number();
        assert!(drawn != before && drawn != after, "{before}, {drawn}, {after}");
    }
}
