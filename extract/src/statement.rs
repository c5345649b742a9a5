//! What a source says: one field, one value, one place. Every source writes these; only the merge reads them.

use crate::extraction::{Field, Source, Span};

/// How sure a source is of what it reads, within its own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    /// Kept as evidence; chosen only where nothing else is said.
    Weak,
    /// As sure as the source usually is.
    Plain,
    /// The page says it in so many words.
    Sure,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// What it is about.
    pub field: Field,
    /// The person that a character or depiction belongs to.
    pub subject: Option<String>,
    /// The value, printed.
    pub value: String,
    /// Where it stands.
    pub source: Source,
    /// The words.
    pub span: Option<Span>,
    /// How sure the source is.
    pub certainty: Certainty,
    /// Set by the merge.
    pub chosen: bool,
}

impl Statement {
    /// A plain statement without a place in the text.
    pub(crate) fn new(field: Field, value: impl Into<String>, source: Source) -> Self {
        Self {
            field,
            subject: None,
            value: value.into(),
            source,
            span: None,
            certainty: Certainty::Plain,
            chosen: false,
        }
    }

    /// With its words.
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// With the person it belongs to.
    pub(crate) fn of(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// With how sure the source is.
    pub(crate) fn with(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }
}
