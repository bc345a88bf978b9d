//! Bytes of a log as text: encodings, line ends, blocks, and what must be kept from a terminal. Nothing here reads or writes a file.

mod bits;
mod block;
mod blocks;
mod borders;
mod encoding;
mod escape;
mod lines;

pub(crate) use bits::{quotes, word_borders};
pub use block::{Block, Buffer};
pub use blocks::Blocks;
pub(crate) use borders::{Borders, Marks};
pub use encoding::is_binary;
pub(crate) use escape::lossy;
pub use escape::{acts_on_terminal, leaves_colour, printable, quoted, write_printable};
pub use lines::LineEnd;
