//! Many errands at once: one desk, a crew of threads for the slow work, and changes that are made in groups.
//!
//! What came in and what was worked on is written in one change, so that one write to the disk serves many; an answer is
//! given only when its change is on disk. The next errand of a login begins when the one before it was answered: answers come
//! in order for each login, and nothing can be guessed faster by asking many things at once.

mod crew;
mod task;

pub use task::{PinChange, Reply, Wish};

use super::errand::{Ended, SLOWEST_REFUSAL, Tools};
use super::{Desk, Entry, Error, admit};
use crate::audit::Events;
use crew::Crew;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;
use task::Task;

/// How many may wait before no more are taken in.
const MOST_WAITING: usize = 4096;

/// How many are counted ahead of each thread, so that none has to wait for the disk.
const AHEAD: usize = 16;

/// How long what was worked on is gathered while the crew has enough to do, so that one write to the disk serves many.
const GATHERING: Duration = Duration::from_millis(25);

/// How many of one login may wait behind the one that is on its way, so that one login cannot fill the queue.
const MOST_BEHIND: usize = 63;

/// Something that comes in.
#[derive(Debug)]
pub struct Incoming<K> {
    /// By what the caller knows it again.
    pub mark: K,
    /// What is wanted; nothing for what is only to be handed back, whosever it is.
    pub wish: Option<Wish>,
}

/// What goes out.
#[derive(Debug)]
pub struct Outgoing<K> {
    /// By what the caller knows it again.
    pub mark: K,
    /// The answer; nothing where nothing was wanted.
    pub reply: Option<Result<Reply, Error>>,
}

/// One errand of the queue.
struct Turn<K> {
    mark: K,
    login: String,
    task: Task,
    /// When it began, by the clock that never goes back; nothing while it is not counted.
    started: Option<Duration>,
    /// The thread that worked on it died of a defect.
    is_broken: bool,
}

/// What waits behind another of its login.
enum Behind<K> {
    Turn(Box<Turn<K>>),
    /// To be handed back in its place.
    Mark(K),
}

/// What the desk hears.
enum Event<K> {
    Came(Incoming<K>),
    Worked(Box<Turn<K>>),
    AllCame,
}

impl Desk<'_> {
    /// Carries out whatever comes in, until nothing more comes and all is answered.
    ///
    /// `incoming` is read on a thread of its own, and may block. `answer` is given what can be answered, and is told nothing
    /// before it is on disk. Whether the caller may still `enter` is decided anew whenever something is begun.
    ///
    /// # Errors
    /// What `answer` fails with; errands that were begun stay counted.
    pub fn carry_out_all<K: Send + 'static, E>(
        &mut self,
        threads: usize,
        enter: Entry,
        incoming: impl Iterator<Item = Incoming<K>> + Send + 'static,
        mut answer: impl FnMut(Vec<Outgoing<K>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (events, heard) = channel();
        let (permits, places) = sync_channel(MOST_WAITING);
        let came = events.clone();
        thread::spawn(move || take_in(incoming, &permits, &came));
        let (vault, policy) = (self.vault, self.policy);
        thread::scope(|scope| {
            let crew = Crew::hire(scope, threads, vault, policy, move |turn| {
                let _ = events.send(Event::Worked(turn));
            });
            let mut queue = Queue::new(threads.saturating_mul(AHEAD), enter);
            while queue.hear(self, &heard) {
                queue.make_changes(self, &crew);
                let answers = queue.take_answers(self);
                for _ in &answers {
                    let _ = places.try_recv();
                }
                if !answers.is_empty() {
                    answer(answers)?;
                }
            }
            Ok(())
        })
    }
}

/// Takes in what comes, as long as there is room.
fn take_in<K>(
    incoming: impl Iterator<Item = Incoming<K>>,
    permits: &SyncSender<()>,
    came: &std::sync::mpsc::Sender<Event<K>>,
) {
    /// Says so whatever ends the reading, a panic included: the desk would wait for ever.
    struct Farewell<'s, K>(&'s std::sync::mpsc::Sender<Event<K>>);
    impl<K> Drop for Farewell<'_, K> {
        fn drop(&mut self) {
            let _ = self.0.send(Event::AllCame);
        }
    }
    let _farewell = Farewell(came);
    for incoming in incoming {
        if permits.send(()).is_err() || came.send(Event::Came(incoming)).is_err() {
            return;
        }
    }
}

/// Everything that came in and is not answered yet.
struct Queue<K> {
    /// How many may be with the crew.
    most_on_way: usize,
    /// Where the caller came in.
    enter: Entry,
    on_way: usize,
    all_came: bool,
    /// To be begun.
    ready: VecDeque<Box<Turn<K>>>,
    /// To be ended.
    worked: Vec<Box<Turn<K>>>,
    /// By login: those behind one that is not answered yet.
    behind: HashMap<String, VecDeque<Behind<K>>>,
    /// Refusals that may not be told yet, by the moment when they may and the order in which they came about.
    late: BTreeMap<(Duration, u64), (String, Outgoing<K>)>,
    refusals: u64,
    /// What can be told.
    answers: Vec<Outgoing<K>>,
}

impl<K> Queue<K> {
    fn new(most_on_way: usize, enter: Entry) -> Self {
        Self {
            most_on_way: most_on_way.max(1),
            enter,
            on_way: 0,
            all_came: false,
            ready: VecDeque::new(),
            worked: Vec::new(),
            behind: HashMap::new(),
            late: BTreeMap::new(),
            refusals: 0,
            answers: Vec::new(),
        }
    }

    /// Waits until there is something to do, and takes all that has come by then; false when nothing is left.
    fn hear(&mut self, desk: &Desk<'_>, heard: &Receiver<Event<K>>) -> bool {
        let first = if self.can_act() {
            heard.try_recv().ok()
        } else if let Some((due, _)) = self.late.keys().next().copied() {
            let rest = due.saturating_sub(desk.clock.uptime());
            match heard.recv_timeout(rest) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => {
                    // By the real clock the time is up; another one is told to pass it.
                    let rest = due.saturating_sub(desk.clock.uptime());
                    if !rest.is_zero() {
                        desk.clock.sleep(rest);
                    }
                    None
                }
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        } else if self.all_came && self.on_way == 0 && self.behind.is_empty() {
            return false;
        } else {
            match heard.recv() {
                Ok(event) => Some(event),
                Err(_) => return false,
            }
        };
        let mut next = first;
        while let Some(event) = next {
            self.take(event);
            next = heard.try_recv().ok();
        }
        self.gather(desk, heard);
        true
    }

    /// Lets more come in while the crew has enough to do and nobody waits for an answer that is ready.
    fn gather(&mut self, desk: &Desk<'_>, heard: &Receiver<Event<K>>) {
        let due = self.late.keys().next().map_or(Duration::MAX, |(due, _)| *due);
        let until = desk.clock.uptime().saturating_add(GATHERING).min(due);
        while self.is_crew_provided() && self.answers.is_empty() {
            match heard.recv_timeout(until.saturating_sub(desk.clock.uptime())) {
                Ok(event) => self.take(event),
                Err(_) => return,
            }
        }
    }

    /// Tells whether the crew has enough to do for as long as a change may take.
    fn is_crew_provided(&self) -> bool {
        self.on_way.saturating_sub(self.worked.len()) > self.most_on_way / 4
    }

    fn can_act(&self) -> bool {
        let can_begin = !self.ready.is_empty() && self.on_way < self.most_on_way;
        can_begin || !self.worked.is_empty() || !self.answers.is_empty()
    }

    fn take(&mut self, event: Event<K>) {
        match event {
            Event::AllCame => self.all_came = true,
            Event::Worked(turn) => self.worked.push(turn),
            Event::Came(Incoming { mark, wish: None }) => self.answers.push(Outgoing { mark, reply: None }),
            Event::Came(Incoming { mark, wish: Some(wish) }) => self.line_up(mark, wish),
        }
    }

    /// Puts a wish behind those of its login. Where too many wait it is refused at once, before anything is counted.
    fn line_up(&mut self, mark: K, wish: Wish) {
        let login = wish.login().folded();
        let task = Task::of(wish);
        let behind = self.behind.get_mut(&login);
        if behind.as_ref().is_some_and(|behind| behind.len() >= MOST_BEHIND) {
            let reply = task.map(|_| Err(Error::TooManyWaiting { most: MOST_BEHIND.saturating_add(1) }));
            self.answers.push(Outgoing { mark, reply });
            return;
        }
        let next = match task {
            Some(task) => {
                Behind::Turn(Box::new(Turn { mark, login: login.clone(), task, started: None, is_broken: false }))
            }
            None => Behind::Mark(mark),
        };
        match (behind, next) {
            (Some(behind), next) => behind.push_back(next),
            (None, Behind::Turn(turn)) => {
                self.behind.insert(login, VecDeque::new());
                self.ready.push_back(turn);
            }
            (None, Behind::Mark(mark)) => self.answers.push(Outgoing { mark, reply: None }),
        }
    }

    /// Ends what was worked on and begins what is ready, in one change; the crew gets what was begun.
    fn make_changes(&mut self, desk: &mut Desk<'_>, crew: &Crew<K>) {
        let started = desk.clock.uptime();
        let ending = std::mem::take(&mut self.worked);
        self.on_way = self.on_way.saturating_sub(ending.len());
        let (broken, mut ending): (Vec<_>, Vec<_>) = ending.into_iter().partition(|turn| turn.is_broken);
        for turn in broken {
            self.answer(desk, *turn, Err(Error::Broken));
        }
        let room = self.most_on_way.saturating_sub(self.on_way).min(self.ready.len());
        let mut beginning: Vec<_> = self.ready.drain(..room).collect();
        self.turn_away(desk, &mut beginning);
        if ending.is_empty() && beginning.is_empty() {
            return;
        }
        let (ended, begun) = change_together(desk, &mut ending, &mut beginning);
        for (turn, ended) in ending.into_iter().zip(ended) {
            match ended {
                Ok(Ended::Reply(reply)) => self.answer(desk, *turn, Ok(reply)),
                Ok(Ended::Failed(error)) => self.answer(desk, *turn, Err(error)),
                Err(error) => self.answer(desk, *turn, Err(error.of_counted())),
                Ok(Ended::Again) => self.ready.push_front(turn),
            }
        }
        for (mut turn, begun) in beginning.into_iter().zip(begun) {
            let is_counted = turn.started.is_some();
            turn.started.get_or_insert(started);
            match begun {
                Ok(()) => {
                    self.on_way = self.on_way.saturating_add(1);
                    crew.give(turn);
                }
                Err(error) if is_counted => self.answer(desk, *turn, Err(error.of_counted())),
                Err(error) => self.answer(desk, *turn, Err(error)),
            }
        }
    }

    /// Turns away what is to be begun when the caller may ask no more; what was begun goes on to its end.
    fn turn_away(&mut self, desk: &mut Desk<'_>, beginning: &mut Vec<Box<Turn<K>>>) {
        let is_new = |turn: &mut Box<Turn<K>>| turn.started.is_none();
        if !beginning.iter_mut().any(is_new) {
            return;
        }
        desk.store.start_deadline();
        let now = desk.clock.now();
        let Err(error) = admit(&mut desk.store, self.enter, now) else { return };
        for turn in beginning.extract_if(.., is_new).collect::<Vec<_>>() {
            self.answer(desk, *turn, Err(error.clone()));
        }
    }

    /// Lays an answer out to be told: at once, or when a refusal may be told.
    fn answer(&mut self, desk: &Desk<'_>, turn: Turn<K>, reply: Result<Reply, Error>) {
        let is_quick = reply.as_ref().is_ok_and(Reply::is_quick);
        let due = turn.started.unwrap_or_default().saturating_add(SLOWEST_REFUSAL);
        let outgoing = Outgoing { mark: turn.mark, reply: Some(reply) };
        if is_quick || desk.clock.uptime() >= due {
            self.tell(&turn.login, outgoing);
        } else {
            self.refusals = self.refusals.wrapping_add(1);
            self.late.insert((due, self.refusals), (turn.login, outgoing));
        }
    }

    /// Tells an answer, and lets the next errand of the login begin.
    fn tell(&mut self, login: &str, outgoing: Outgoing<K>) {
        self.answers.push(outgoing);
        loop {
            match self.behind.get_mut(login).and_then(VecDeque::pop_front) {
                Some(Behind::Turn(next)) => return self.ready.push_back(next),
                Some(Behind::Mark(mark)) => self.answers.push(Outgoing { mark, reply: None }),
                None => {
                    self.behind.remove(login);
                    return;
                }
            }
        }
    }

    fn take_answers(&mut self, desk: &Desk<'_>) -> Vec<Outgoing<K>> {
        while let Some(entry) = self.late.first_entry() {
            if entry.key().0 > desk.clock.uptime() {
                break;
            }
            let (login, outgoing) = entry.remove();
            self.tell(&login, outgoing);
        }
        std::mem::take(&mut self.answers)
    }
}

type Done = (Vec<Result<Ended<Reply>, Error>>, Vec<Result<(), Error>>);

/// Ends some errands and begins others in one change; one that fails takes only its own rows back.
fn change_together<K>(desk: &mut Desk<'_>, ending: &mut [Box<Turn<K>>], beginning: &mut [Box<Turn<K>>]) -> Done {
    let tools = Tools { vault: desk.vault, random: desk.random, policy: desk.policy };
    let now = desk.clock.now();
    // However long ago they began, a reader who paused perhaps: what is counted and worked on is to be ended all the same.
    desk.store.start_deadline();
    let (ends, begins) = (ending.len(), beginning.len());
    let changed = desk.store.change::<Done, Error>(now, |change| {
        let mut events = Events::owed_by_open_attempt();
        let mut ended = Vec::with_capacity(ends);
        for turn in ending {
            ended.push(match change.apart(|| turn.task.end(change, tools, now))? {
                Ok((end, told)) => {
                    events = events.join(told);
                    Ok(end)
                }
                Err(error) => Err(error),
            });
        }
        let mut begun = Vec::with_capacity(begins);
        for turn in beginning {
            begun.push(match change.apart(|| turn.task.begin(change, tools, now))? {
                Ok(told) => {
                    events = events.join(told);
                    Ok(())
                }
                Err(error) => Err(error),
            });
        }
        Ok(((ended, begun), events))
    });
    changed.unwrap_or_else(|error| {
        let ended = std::iter::repeat_with(|| Err(error.clone())).take(ends).collect();
        let begun = std::iter::repeat_with(|| Err(error.clone())).take(begins).collect();
        (ended, begun)
    })
}

#[cfg(test)]
mod tests;
