//! The storage core against a real server, in a database of its own for each test.
