//! Documents are analysed by several threads, and written in the order in which they came.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Mutex, PoisonError};
use std::thread;

use mekong_core::Document;
use mekong_core::engine::{Encoded, Encoder, Held};

use crate::{Error, Writer};

/// A document takes about so many bytes for each one of its text until it is part of a segment.
const BYTES_PER_BYTE: usize = 8;
/// So many documents are under way at most, however short they are.
const MAX_WAITING: usize = 1000;

/// What becomes a document on a thread of its own.
pub(crate) trait Work: Send {
    /// What else is found out about it.
    type Found: Send;

    /// The document as far as it is known.
    fn document(&self) -> &Document;

    /// The document as it is to be indexed.
    fn complete(self) -> (Document, Self::Found);
}

/// What a thread makes of a document: what is indexed of it, and whatever else it finds out.
pub(crate) struct Done<F> {
    pub(crate) encoded: Result<Encoded, Error>,
    pub(crate) found: F,
    /// The bytes of its text.
    pub(crate) bytes: usize,
}

/// Completes and encodes the work of `items`, and gives each with what was made of it to `done`,
/// in their order, on this thread: until there are none, `done` breaks, or fails. An item without
/// work goes along.
///
/// With one thread all is done on this one.
pub(crate) fn run<T, W: Work>(
    writer: &mut Writer,
    threads: usize,
    items: impl Iterator<Item = (T, Option<W>)>,
    mut done: impl FnMut(&mut Writer, T, Option<Done<W::Found>>) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    if threads <= 1 {
        let mut encoder = writer.index.encoder();
        for (item, work) in items {
            let made = work.map(|work| {
                let held = writer.index.hold(weight(&work));
                make(&mut encoder, work, held)
            });
            if done(writer, item, made)?.is_break() {
                break;
            }
        }
        return Ok(());
    }
    let (sender, receiver) = mpsc::channel::<Job<W>>();
    let receiver = Mutex::new(receiver);
    let stopped = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..threads {
            let mut encoder = writer.index.encoder();
            let (receiver, stopped) = (&receiver, &stopped);
            scope.spawn(move || {
                loop {
                    let next = receiver.lock().unwrap_or_else(PoisonError::into_inner);
                    let Ok(job) = next.recv() else { return };
                    drop(next);
                    if !stopped.load(Ordering::Relaxed) {
                        let made = make(&mut encoder, job.work, job.held);
                        // Nobody waits for it any more where the run was broken off.
                        drop(job.done.send(made));
                    }
                }
            });
        }
        let mut waiting = Waiting {
            queue: VecDeque::new(),
            sender,
        };
        let result = feed(writer, &mut waiting, items, &mut done);
        stopped.store(true, Ordering::Relaxed);
        result.map(drop)
    })
}

struct Job<W: Work> {
    work: W,
    held: Held,
    done: Sender<Done<W::Found>>,
}

/// Items in their order, and what is made of them.
struct Waiting<T, W: Work> {
    queue: VecDeque<(T, Made<W::Found>)>,
    sender: Sender<Job<W>>,
}

enum Made<F> {
    Ready(Option<Done<F>>),
    Expected(Receiver<Done<F>>),
    /// The thread that was to do it panicked.
    Never,
}

impl<F> Made<F> {
    fn look(self) -> Self {
        match self {
            Self::Expected(receiver) => match receiver.try_recv() {
                Ok(done) => Self::Ready(Some(done)),
                Err(TryRecvError::Empty) => Self::Expected(receiver),
                Err(TryRecvError::Disconnected) => Self::Never,
            },
            made => made,
        }
    }

    fn wait(self) -> Self {
        match self {
            Self::Expected(receiver) => match receiver.recv() {
                Ok(done) => Self::Ready(Some(done)),
                Err(_) => Self::Never,
            },
            made => made,
        }
    }
}

impl<T, W: Work> Waiting<T, W> {
    /// The first item, if it is ready.
    fn next_ready(&mut self) -> Option<(T, Made<W::Found>)> {
        let (item, made) = self.queue.pop_front()?;
        match made.look() {
            made @ Made::Expected(_) => {
                self.queue.push_front((item, made));
                None
            }
            made => Some((item, made)),
        }
    }

    /// The first item, when it is ready.
    fn next(&mut self) -> Option<(T, Made<W::Found>)> {
        let (item, made) = self.queue.pop_front()?;
        Some((item, made.wait()))
    }

    fn push(&mut self, item: T, work: Option<(W, Held)>) {
        let made = match work {
            Some((work, held)) => {
                let (done, receiver) = mpsc::channel();
                drop(self.sender.send(Job { work, held, done }));
                Made::Expected(receiver)
            }
            None => Made::Ready(None),
        };
        self.queue.push_back((item, made));
    }
}

fn feed<T, W: Work>(
    writer: &mut Writer,
    waiting: &mut Waiting<T, W>,
    items: impl Iterator<Item = (T, Option<W>)>,
    mut done: impl FnMut(&mut Writer, T, Option<Done<W::Found>>) -> Result<ControlFlow<()>, Error>,
) -> Result<ControlFlow<()>, Error> {
    let mut finish = |writer: &mut Writer, (item, made)| match made {
        Made::Ready(made) => done(writer, item, made),
        // The panic is told when the thread is joined.
        Made::Expected(_) | Made::Never => Ok(ControlFlow::Break(())),
    };
    for (item, work) in items {
        let work = match work {
            Some(work) => {
                let weight = weight(&work);
                let held = loop {
                    if waiting.queue.len() < MAX_WAITING
                        && let Some(held) = writer.index.try_hold(weight)
                    {
                        break held;
                    }
                    let Some(next) = waiting.next() else {
                        // What takes the room is written, and becomes part of a segment.
                        break writer.index.hold(weight);
                    };
                    if finish(writer, next)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                };
                Some((work, held))
            }
            None => None,
        };
        waiting.push(item, work);
        while let Some(next) = waiting.next_ready() {
            if finish(writer, next)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    while let Some(next) = waiting.next() {
        if finish(writer, next)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn make<W: Work>(encoder: &mut Encoder, work: W, held: Held) -> Done<W::Found> {
    let (document, found) = work.complete();
    Done {
        encoded: encoder.encode(&document, Some(held)).map_err(Error::from),
        found,
        bytes: text_bytes(&document),
    }
}

pub(crate) fn text_bytes(document: &Document) -> usize {
    document.body.len() + document.title.as_deref().map_or(0, str::len)
}

fn weight(work: &impl Work) -> usize {
    text_bytes(work.document()).saturating_mul(BYTES_PER_BYTE)
}
