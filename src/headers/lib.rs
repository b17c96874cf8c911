//! Nothing but a build script: it looks for the headers that `ezdbfile` is built with.
