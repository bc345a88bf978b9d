//! gzip: one or more compressed pieces, one after the other. What is in it has the place of the file itself.

use std::io::{self, BufRead};

use flate2::bufread::MultiGzDecoder;

use super::walk::Walk;

pub(super) fn read(walk: &mut Walk<'_>, place: &str, source: impl BufRead, depth: u32) -> io::Result<()> {
    walk.member(place, &mut MultiGzDecoder::new(source), depth + 1)
}
