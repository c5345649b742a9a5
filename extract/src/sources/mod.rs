//! Where facts come from, one module a kind. Each reads a page and writes statements; none knows what the others found,
//! and none chooses.

pub(crate) mod byline;
mod caption_people;
pub(crate) mod captions;
mod cast_list;
mod cast_rows;
pub(crate) mod credit_block;
mod credit_box;
mod credit_cards;
mod credit_codes;
mod credit_column;
mod credit_line;
mod credit_runtime;
mod credit_table;
mod credit_values;
pub(crate) mod critic;
pub(crate) mod dek;
mod fact_alone;
mod fact_line;
pub(crate) mod film_title;
pub(crate) mod headline;
pub(crate) mod links;
pub(crate) mod metadata;
pub(crate) mod outlet;
pub(crate) mod owner;
pub(crate) mod page_title;
pub(crate) mod person_links;
pub(crate) mod prose;
pub(crate) mod published;
pub(crate) mod rating;
mod site;
pub(crate) mod structured;
pub(crate) mod tags;

use crate::page::Page;

/// A page and its language, as every source gets it.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The page.
    pub page: &'a Page,
    /// ISO 639-1 code of the text's language.
    pub language: &'a str,
}
