//! The signals that end a program: what was found so far is printed before.

/// Has `act` called for each of them that comes. One that was ignored when the program started stays ignored: so `nohup` wants HUP.
#[cfg(unix)]
pub(super) fn on_end(mut act: impl FnMut() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let (sender, receiver) = std::sync::mpsc::channel::<Signals>();
    let wait = move || {
        for mut signals in receiver {
            signals.forever().for_each(|_| act());
        }
    };
    // Without a thread that waits for them they end the program at once, as they would without all this.
    if std::thread::Builder::new().name("signals".to_owned()).spawn(wait).is_ok()
        && let Ok(signals) = Signals::new([SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal)))
    {
        let _ = sender.send(signals);
    }
}

/// Whether a signal is ignored.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    use std::io::IsTerminal;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    match ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()) {
        Some(mask) => mask >> (signal - 1) & 1 == 1,
        // Other systems don't say. Under `nohup`, neither output is a terminal.
        None => signal == signal_hook::consts::SIGHUP && !std::io::stdout().is_terminal() && !std::io::stderr().is_terminal(),
    }
}

/// Has `act` called for each of them that comes.
#[cfg(not(unix))]
pub(super) fn on_end(act: impl FnMut() + Send + 'static) {
    // A second handler in one process is refused; then the first stays in charge.
    let _ = ctrlc::set_handler(act);
}
