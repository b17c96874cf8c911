//! Work for several threads.

use std::sync::mpsc::sync_channel;

use parking_lot::Mutex;

use crate::failure::Failure;

/// Calls `work` in so many threads for everything that `produce` hands over. After the first
/// failure of either nothing more is begun.
pub fn run<T: Send>(
    jobs: u32,
    produce: impl FnOnce(&mut dyn FnMut(T) -> Result<(), Failure>) -> Result<(), Failure>,
    work: impl Fn(T) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let jobs = jobs.max(1);
    let (sender, receiver) = sync_channel::<T>(jobs as usize * 8);
    let receiver = Mutex::new(receiver);
    let failure: Mutex<Option<Failure>> = Mutex::new(None);
    let failed = || failure.lock().is_some();
    let produced = std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let next = receiver.lock().recv();
                    let Ok(item) = next else { break };
                    // Takes what is left, so that the other side is not stuck.
                    if failed() {
                        continue;
                    }
                    if let Err(first) = work(item) {
                        failure.lock().get_or_insert(first);
                    }
                }
            });
        }
        let produced = produce(&mut |item| {
            if crate::interrupt::requested() {
                return Err(Failure::Interrupted);
            }
            // What this ends with is the failure of the worker.
            if failed() || sender.send(item).is_err() {
                return Err(Failure::Told);
            }
            Ok(())
        });
        drop(sender);
        produced
    });
    match failure.into_inner() {
        Some(failure) => Err(failure),
        None => produced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_once() {
        let done = Mutex::new(Vec::new());
        let result = run(
            4,
            |give| (0..1000).try_for_each(give),
            |number| {
                done.lock().push(number);
                Ok(())
            },
        );
        assert!(result.is_ok());
        let mut done = done.into_inner();
        done.sort_unstable();
        assert_eq!(done, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_failure_ends_it() {
        let result = run(
            2,
            |give| (0..1_000_000).try_for_each(give),
            |number| {
                if number == 7 {
                    Err(Failure::Work("seven".into()))
                } else {
                    Ok(())
                }
            },
        );
        assert!(matches!(result, Err(Failure::Work(text)) if text == "seven"));
    }
}
