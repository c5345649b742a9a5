//! Ids: opaque to clients, and typed, so that a film's never resolves to a person.

use async_graphql::{Error, ID};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::bad_input;

/// What an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Film,
    Person,
    Credit,
    Review,
    Outlet,
    Caption,
    Claim,
    Submission,
    Fetch,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Film,
        Self::Person,
        Self::Credit,
        Self::Review,
        Self::Outlet,
        Self::Caption,
        Self::Claim,
        Self::Submission,
        Self::Fetch,
    ];

    /// The GraphQL type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Film => "Film",
            Self::Person => "Person",
            Self::Credit => "Credit",
            Self::Review => "Review",
            Self::Outlet => "Outlet",
            Self::Caption => "Caption",
            Self::Claim => "Claim",
            Self::Submission => "Submission",
            Self::Fetch => "Fetch",
        }
    }

    /// Stands in ids that clients keep: never changed.
    fn tag(self) -> char {
        match self {
            Self::Film => 'F',
            Self::Person => 'P',
            Self::Credit => 'C',
            Self::Review => 'R',
            Self::Outlet => 'O',
            Self::Caption => 'I',
            Self::Claim => 'L',
            Self::Submission => 'S',
            Self::Fetch => 'H',
        }
    }

    /// The id of row `number`.
    pub(crate) fn id(self, number: i64) -> ID {
        ID(URL_SAFE_NO_PAD.encode(format!("{}{number}", self.tag())))
    }

    /// The row number in an id that must be of this kind.
    ///
    /// # Errors
    /// For the caller, when it is of another kind or no id at all.
    pub(crate) fn number(self, id: &ID) -> Result<i64, Error> {
        let (kind, number) = decode(id)?;
        if kind == self {
            return Ok(number);
        }
        let (given, wanted) = (kind.name(), self.name());
        Err(bad_input(format!("id {:?} is that of a {given}; give the id of a {wanted}", shown(id))))
    }

    /// The row numbers in ids that must be of this kind.
    ///
    /// # Errors
    /// As [`Kind::number`], and when there are too many.
    pub(crate) fn numbers(self, ids: &[ID]) -> Result<Vec<i64>, Error> {
        refuse_too_many(ids.len())?;
        ids.iter().map(|id| self.number(id)).collect()
    }
}

/// A submission's id, for commands that know its row number.
pub fn submission_id(number: i64) -> String {
    Kind::Submission.id(number).0
}

/// Ids in one list at most: as many as a page has nodes.
pub(crate) const IDS_MAX: usize = 100;

/// Refuses a list of more than [`IDS_MAX`] values.
///
/// # Errors
/// For the caller.
pub(crate) fn refuse_too_many(count: usize) -> Result<(), Error> {
    if count > IDS_MAX { Err(bad_input(format!("{count} values were given; give at most {IDS_MAX}"))) } else { Ok(()) }
}

/// What an id says.
///
/// # Errors
/// For the caller, when it is none of ours.
pub(crate) fn decode(id: &ID) -> Result<(Kind, i64), Error> {
    parse(id).ok_or_else(|| bad_input(format!("{:?} is not an id of this server; give one that it gave", shown(id))))
}

fn parse(id: &ID) -> Option<(Kind, i64)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?).ok()?;
    let kind = Kind::ALL.into_iter().find(|kind| text.starts_with(kind.tag()))?;
    let number: i64 = text.get(1..)?.parse().ok()?;
    // One spelling for each id: clients compare them as text.
    (number > 0 && kind.id(number) == *id).then_some((kind, number))
}

/// As much of a wrong value as an error message repeats.
fn shown(id: &ID) -> String {
    id.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_what_it_was() {
        for kind in Kind::ALL {
            for number in [1, 42, i64::MAX] {
                assert_eq!(decode(&kind.id(number)).expect("our own"), (kind, number));
            }
        }
    }

    #[test]
    fn an_id_of_another_type_is_refused_with_both_names() {
        let error = Kind::Film.number(&Kind::Person.id(7)).expect_err("a person's");
        assert!(error.message.contains("of a Person") && error.message.contains("id of a Film"), "{}", error.message);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let forged =
            ["", "7", "====", "RjA", "Ri0x", "RjAx", "Rjk5OTk5OTk5OTk5OTk5OTk5OTk5", "\u{0}", "RjE=", "8J-Yig"];
        for text in forged {
            assert!(decode(&ID::from(text)).is_err(), "{text:?}");
        }
    }
}
