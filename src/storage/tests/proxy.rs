//! A line to the test's server that can be cut, silenced, slowed down or cut short at a given byte.
//!
//! The faults are made once each, in the order in which they are asked for; after that the line is
//! as good as any.

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

/// When something goes wrong on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A command with this beginning is on its way to the server, and does not get there.
    Before(&'static str),
    /// The server's answer to a command with this beginning is on its way to the client, and does
    /// not get there.
    Answer(&'static str),
    /// A command that runs a statement with this beginning, be it prepared or in a block, is on its way to
    /// the server, and does not get there.
    BeforeRunning(&'static str),
    /// The answer to such a command is on its way to the client, and does not get there.
    AnswerRunning(&'static str),
    /// So many bytes went to the client since the fault was asked for; what comes after does not.
    Down(u64),
    /// So many bytes went to the server since the fault was asked for; what comes after does not.
    Up(u64),
    /// A connection is made.
    Connecting,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Both sides see the end of the connection.
    Cut,
    /// As [`What::Cut`], and new connections are refused from then on.
    CutForGood,
    /// Nothing more is heard by either side, and neither is told.
    Silence,
    /// It arrives so much later.
    Delay(Duration),
    /// What goes to the server arrives when it is released.
    Hold,
}

#[derive(Debug, Default)]
struct Plan {
    faults: Vec<(When, What)>,
    /// Faults that were made.
    made: u32,
    /// New connections that were refused.
    refused: u32,
    /// New connections are refused.
    closed: bool,
    /// What was held may go on.
    released: bool,
    /// Lines that were silenced, kept so that neither side notices.
    silenced: Vec<(TcpStream, TcpStream)>,
}

/// What the two directions of one connection know of each other.
#[derive(Debug, Default)]
struct Line {
    /// The answer to the command that is under way is not to arrive.
    swallow: Mutex<Option<What>>,
    silent: AtomicBool,
    /// The statement that is being prepared.
    preparing: Mutex<Option<String>>,
    /// Those that are, by their numbers.
    prepared: Mutex<HashMap<Vec<u8>, String>>,
    /// The command that came in part.
    partial: Mutex<Vec<u8>>,
}

#[derive(Debug)]
struct Shared {
    plan: Mutex<Plan>,
    made: Condvar,
    down: AtomicU64,
    up: AtomicU64,
    over: AtomicBool,
}

/// The proxy; its threads end with it.
pub struct Proxy {
    pub port: u16,
    shared: Arc<Shared>,
}

impl Proxy {
    /// A proxy to a server on 127.0.0.1.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let shared = Arc::new(Shared {
            plan: Mutex::default(),
            made: Condvar::new(),
            down: AtomicU64::new(0),
            up: AtomicU64::new(0),
            over: AtomicBool::new(false),
        });
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if of_thread.over.load(Relaxed) {
                    break;
                }
                let Ok(client) = client else { continue };
                if of_thread.refuses() {
                    continue;
                }
                let fault = of_thread.take(|when| when == When::Connecting);
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                match fault {
                    Some(What::Cut | What::CutForGood) => continue,
                    Some(What::Silence) => {
                        of_thread.plan.lock().silenced.push((client, server));
                        continue;
                    }
                    Some(What::Delay(time)) => std::thread::sleep(time),
                    Some(What::Hold) => of_thread.hold(),
                    None => {}
                }
                of_thread.carry(client, server);
            }
        });
        Self { port, shared }
    }

    /// Asks for a fault.
    pub fn plan(&self, when: When, what: What) {
        let mut plan = self.shared.plan.lock();
        plan.faults.push((when, what));
        self.shared.down.store(0, Relaxed);
        self.shared.up.store(0, Relaxed);
    }

    /// Refuses new connections, or takes them again.
    pub fn close(&self, closed: bool) {
        self.shared.plan.lock().closed = closed;
    }

    /// How many faults were made so far.
    pub fn made(&self) -> u32 {
        self.shared.plan.lock().made
    }

    /// Lets what is held, or will be, go on.
    pub fn release(&self) {
        self.shared.plan.lock().released = true;
        self.shared.made.notify_all();
    }

    /// Waits until so many faults were made, and so many connections refused.
    pub fn await_made(&self, made: u32, refused: u32) {
        let mut plan = self.shared.plan.lock();
        while plan.made < made || plan.refused < refused {
            let timeout = self.shared.made.wait_for(&mut plan, Duration::from_secs(60));
            assert!(!timeout.timed_out(), "the fault never came");
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.over.store(true, Relaxed);
        // A thread of theirs may still listen to one side, so that letting go of them is not enough.
        for (client, server) in self.shared.plan.lock().silenced.drain(..) {
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.shutdown(Shutdown::Both);
        }
        // Wakes the thread that listens.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn refuses(&self) -> bool {
        let mut plan = self.plan.lock();
        if plan.closed {
            plan.refused += 1;
            self.made.notify_all();
        }
        plan.closed
    }

    /// The fault that is due, and is then made.
    fn take(&self, due: impl Fn(When) -> bool) -> Option<What> {
        let mut plan = self.plan.lock();
        let index = plan.faults.iter().position(|(when, _)| due(*when))?;
        plan.made += 1;
        self.made.notify_all();
        let (_, what) = plan.faults.remove(index);
        plan.closed = plan.closed || what == What::CutForGood;
        Some(what)
    }

    /// Carries bytes both ways until one side ends.
    fn carry(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else {
            return;
        };
        let line = Arc::new(Line::default());
        let line_too = Arc::clone(&line);
        let (up, down) = (Arc::clone(self), Arc::clone(self));
        std::thread::spawn(move || up.up(client, server, &line));
        std::thread::spawn(move || down.down(server_too, client_too, &line_too));
    }

    fn up(&self, mut client: TcpStream, mut server: TcpStream, line: &Line) {
        let mut buffer = vec![0; 1 << 16];
        while let Some(length) = read(&mut client, &mut buffer) {
            let bytes = &buffer[..length];
            let text = String::from_utf8_lossy(bytes.get(5..).unwrap_or(&[])).into_owned();
            let running = line.running(bytes);
            let answered = |when| match when {
                When::Answer(sql) => text.starts_with(sql),
                When::AnswerRunning(sql) => runs(&running, sql),
                _ => false,
            };
            if let Some(what) = self.take(answered) {
                *line.swallow.lock() = Some(what);
            }
            let sent = self.up.fetch_add(length as u64, Relaxed);
            let fault = self.take(|when| match when {
                When::Before(sql) => text.starts_with(sql),
                When::BeforeRunning(sql) => runs(&running, sql),
                When::Up(limit) => sent + length as u64 > limit,
                _ => false,
            });
            match fault {
                Some(What::Delay(time)) => std::thread::sleep(time),
                Some(What::Hold) => self.hold(),
                Some(what) => return self.end(what, client, server, line),
                None => {}
            }
            if server.write_all(bytes).is_err() {
                break;
            }
        }
        line.shut(&client, &server);
    }

    fn hold(&self) {
        let mut plan = self.plan.lock();
        while !plan.released {
            let timeout = self.made.wait_for(&mut plan, Duration::from_secs(60));
            assert!(!timeout.timed_out(), "nobody released it");
        }
    }

    fn down(&self, mut server: TcpStream, mut client: TcpStream, line: &Line) {
        let mut buffer = vec![0; 1 << 16];
        while let Some(length) = read(&mut server, &mut buffer) {
            line.answered(&buffer[..length]);
            if let Some(what) = line.swallow.lock().take() {
                return self.end(what, client, server, line);
            }
            let sent = self.down.fetch_add(length as u64, Relaxed);
            let mut cut_at = length;
            let fault = self.take(|when| matches!(when, When::Down(limit) if sent + length as u64 > limit));
            if fault.is_some() {
                // Even the message in which it happens arrives in part.
                cut_at = length / 2;
            }
            if client.write_all(&buffer[..cut_at]).is_err() {
                break;
            }
            match fault {
                Some(What::Delay(time)) => {
                    std::thread::sleep(time);
                    if client.write_all(&buffer[cut_at..length]).is_err() {
                        break;
                    }
                }
                Some(what) => return self.end(what, client, server, line),
                None => {}
            }
        }
        line.shut(&client, &server);
    }

    fn end(&self, what: What, client: TcpStream, server: TcpStream, line: &Line) {
        if what == What::Silence {
            line.silent.store(true, Relaxed);
            self.plan.lock().silenced.push((client, server));
        } else {
            line.shut(&client, &server);
        }
    }
}

impl Line {
    /// Ends both sides, unless neither is to be told.
    fn shut(&self, one: &TcpStream, other: &TcpStream) {
        if !self.silent.load(Relaxed) {
            let _ = one.shutdown(Shutdown::Both);
            let _ = other.shutdown(Shutdown::Both);
        }
    }
}

impl Line {
    /// The SQL that the last command that is whole with these bytes runs. A command is one packet: three bytes of
    /// length, one number, one kind, its text.
    fn running(&self, bytes: &[u8]) -> String {
        const QUERY: u8 = 3;
        const PREPARE: u8 = 22;
        const EXECUTE: u8 = 23;
        let mut partial = self.partial.lock();
        partial.extend_from_slice(bytes);
        let mut rest = partial.as_slice();
        let mut running = String::new();
        while let [a, b, c, number, after @ ..] = rest {
            let length = u32::from_le_bytes([*a, *b, *c, 0]) as usize;
            let Some((packet, after)) = after.split_at_checked(length) else {
                break;
            };
            rest = after;
            let text = |from| String::from_utf8_lossy(packet.get(from..).unwrap_or(&[])).into_owned();
            match packet.first().filter(|_| *number == 0) {
                Some(&QUERY) => running = text(1),
                Some(&PREPARE) => *self.preparing.lock() = Some(text(1)),
                Some(&EXECUTE) => {
                    let statements = self.prepared.lock();
                    running = packet
                        .get(1..5)
                        .and_then(|id| statements.get(id).cloned())
                        .unwrap_or_default();
                }
                _ => {}
            }
        }
        let done = partial.len() - rest.len();
        partial.drain(..done);
        running
    }

    /// Notes the number that the server gives to a statement that is prepared.
    fn answered(&self, bytes: &[u8]) {
        if let Some(sql) = self.preparing.lock().take()
            && let Some([0, id @ ..]) = bytes.get(4..9)
        {
            self.prepared.lock().insert(id.to_vec(), sql);
        }
    }
}

/// One of the statements that are run begins like this.
fn runs(running: &str, sql: &str) -> bool {
    running
        .trim_start_matches("BEGIN NOT ATOMIC ")
        .split("; ")
        .any(|statement| statement.starts_with(sql))
}

fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> Option<usize> {
    loop {
        match stream.read(buffer) {
            Ok(0) => return None,
            Ok(length) => return Some(length),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
