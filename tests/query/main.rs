//! The look-up through the library: written forms, the bits of a code, answers, the search and what is suggested.
//!
//! The rows hold however many records the table has: they use codes of the Windows headers and of the reference page. What the program
//! makes of all this is told by `tests/cli`.
#![forbid(unsafe_code)]

mod answers;
mod codes;
mod context;
mod forms;
mod names;
mod searches;
mod suggestions;
