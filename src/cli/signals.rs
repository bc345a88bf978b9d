//! The signals that end a program: what was found so far is printed before.

/// Has `act` called for each of them that comes. One that was ignored when the program started stays ignored: so `nohup` wants HUP.
#[cfg(unix)]
pub(super) fn on_end(mut act: impl FnMut() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use std::sync::atomic::{AtomicBool, Ordering};
    // The crate's own way to wait for a signal opens a socket, and this program opens none.
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);
    let came = std::sync::Arc::new(AtomicBool::new(false));
    let has_come = std::sync::Arc::clone(&came);
    let watch = move || {
        loop {
            std::thread::sleep(PAUSE);
            if has_come.swap(false, Ordering::Relaxed) {
                act();
            }
        }
    };
    // Without a thread that looks for them they end the program at once, as they would without all this.
    if std::thread::Builder::new().name("signals".to_owned()).spawn(watch).is_ok() {
        for signal in [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal)) {
            let _ = signal_hook::flag::register(signal, std::sync::Arc::clone(&came));
        }
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
