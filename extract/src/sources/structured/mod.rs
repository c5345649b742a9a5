//! Structured data: JSON-LD, microdata and RDFa, made one tree and read by one reader.

mod json_ld;
mod markup;
mod reader;
mod references;

use serde_json::Value;

use crate::sources::Reading;

pub(crate) use reader::Structured;

/// Items taken of one page.
const ITEMS_MAX: usize = 2_000;

/// Reads all structured data of a page.
pub(crate) fn read(reading: Reading<'_>) -> Structured {
    let mut items: Vec<Value> = json_ld::items(reading.page);
    items.extend(markup::items(reading.page));
    items.truncate(ITEMS_MAX);
    references::resolve(&mut items);
    reader::read(&items)
}
