//! A line between two processes, which a story can cut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Whatever connects to its port talks to another port of this machine, until it is cut.
pub struct Line {
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    cut: AtomicBool,
    ends: Mutex<Vec<TcpStream>>,
}

impl Line {
    /// A line to `port`.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let line = Self {
            port: listener.local_addr().unwrap().port(),
            state: Arc::default(),
        };
        let state = Arc::clone(&line.state);
        std::thread::spawn(move || {
            for caller in listener.incoming() {
                if state.cut.load(Ordering::SeqCst) {
                    return;
                }
                if let (Ok(caller), Ok(called)) = (caller, TcpStream::connect(("127.0.0.1", port)))
                {
                    // A connection that breaks here breaks at both ends: its streams are dropped.
                    let _ = connect(&state, &caller, &called);
                }
            }
        });
        line
    }

    /// Where it is entered.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends what is on it, and lets nobody on again.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::SeqCst);
        for end in self.state.ends.lock().unwrap().drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
        // Whoever waits for callers finds out by one.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.cut();
    }
}

fn connect(state: &State, caller: &TcpStream, called: &TcpStream) -> io::Result<()> {
    let mut ends = state.ends.lock().unwrap();
    for (from, to) in [(caller, called), (called, caller)] {
        to.set_nodelay(true)?;
        ends.push(from.try_clone()?);
        let (mut from, mut to) = (from.try_clone()?, to.try_clone()?);
        std::thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}
