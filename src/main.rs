//! `intune-err` on the command line: hands arguments and streams to [`cli::run`].
#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
