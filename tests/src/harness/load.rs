//! Callers who keep asking, and keep their own ledger of what they were answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::http::Ask;
use super::wait::{eventually, pause};

/// Callers at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    answered: Arc<Mutex<Vec<String>>>,
    callers: Vec<JoinHandle<()>>,
}

impl Load {
    /// Lets `callers` ask the same again and again. What fails is tried again; what is answered
    /// whole with 200 is noted by its request id.
    pub fn start(callers: usize, ask: &Ask) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let answered = Arc::new(Mutex::new(Vec::new()));
        let call = || {
            let (stop, answered, ask) = (Arc::clone(&stop), Arc::clone(&answered), ask.clone());
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    match ask.send() {
                        Ok(answer) if answer.status == 200 => {
                            let id = answer.header("x-request-id").expect("a request id");
                            answered.lock().unwrap().push(id.to_owned());
                        }
                        _ => pause(Duration::from_millis(5)),
                    }
                }
            })
        };
        let callers = (0..callers).map(|_| call()).collect();
        Self {
            stop,
            answered,
            callers,
        }
    }

    /// Waits until `more` further calls were answered.
    pub fn wait_for(&self, more: usize) {
        let goal = self.count() + more;
        eventually("calls are answered", Duration::from_secs(60), || {
            (self.count() >= goal).then_some(())
        });
    }

    /// Ends it: the ids of the calls that were answered.
    pub fn stop(self) -> Vec<String> {
        self.stop.store(true, Ordering::Relaxed);
        for caller in self.callers {
            caller.join().unwrap();
        }
        let answered = self.answered.lock().unwrap();
        answered.clone()
    }

    fn count(&self) -> usize {
        self.answered.lock().unwrap().len()
    }
}
