//! The library as the page calls it: look-ups on the page's own thread, scans in a worker.

#![forbid(unsafe_code)]

mod answer;
mod html;
mod scan;
mod source;

use js_sys::Function;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// What is found for a query, as HTML.
#[wasm_bindgen]
pub fn answer_html(query: &str) -> String {
    answer::html(query)
}

/// The same as JSON, byte for byte what `intune-err --json QUERY` prints.
#[wasm_bindgen]
pub fn answer_json(query: &str) -> String {
    answer::json(query)
}

/// The same as Markdown, for a ticket.
#[wasm_bindgen]
pub fn answer_markdown(query: &str) -> String {
    answer::markdown(query)
}

/// How much the page knows.
#[wasm_bindgen]
pub fn about() -> String {
    answer::about()
}

/// A scan of files and texts, one after the other.
#[wasm_bindgen]
pub struct Scan(scan::Scan);

#[wasm_bindgen]
impl Scan {
    /// A scan of these inputs whose end is a report, which says that it was made at this time.
    pub fn report(made: &str, inputs: Vec<String>, redacts: bool) -> Self {
        Self(scan::Scan::report(made, inputs, redacts))
    }

    /// A scan that hands over an object per finding, as `intune-err scan --json` prints them, in pieces.
    pub fn json(take: Function, redacts: bool) -> Self {
        Self(scan::Scan::json(take, redacts))
    }

    /// Reads a file. `read` gives so many bytes of it from a place on.
    pub fn file(&mut self, name: &str, size: f64, read: Function) -> Result<(), JsError> {
        Ok(self.0.file(name, source::Source::new(size as u64, read))?)
    }

    /// Reads a text that was pasted.
    pub fn text(&mut self, text: &str) -> Result<(), JsError> {
        Ok(self.0.text(text)?)
    }

    /// Ends the scan, and gives the report as a page of its own.
    pub fn end(self) -> Result<String, JsError> {
        Ok(self.0.end()?)
    }
}
