//! Bytes of a log as text: encodings, line ends, blocks, and what must be kept from a terminal. Nothing here reads or writes a file.

mod blocks;
mod encoding;
mod escape;
mod lines;

pub use blocks::{Block, Blocks, Buffer};
pub use encoding::is_binary;
pub use escape::{acts_on_terminal, leaves_colour, printable, quoted, write_printable};
pub use lines::LineEnd;
