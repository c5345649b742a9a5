//! Outlets: their rows, and the list of those that a critic writes for.

use sea_orm::DbErr;

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Row, Source};

/// A site or publication.
#[derive(Debug)]
pub(crate) struct OutletRow {
    pub(crate) id: i64,
    pub(crate) host: String,
    pub(crate) name: String,
}

impl Row for OutletRow {
    const TABLE: &'static str = "outlet";
    const ID: &'static str = "outlet.id";
    const COLUMNS: &'static [&'static str] = &["outlet.id", "outlet.host", "outlet.name"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self { id: columns.take()?, host: columns.take()?, name: columns.take()? })
    }
}

/// The outlets that a critic writes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OutletsOfCritic;

impl List for OutletsOfCritic {
    type Row = OutletRow;

    fn source(&self) -> Source {
        let from = "critic_outlet join outlet on outlet.id = critic_outlet.outlet_id";
        Source { from, parent: Some("critic_outlet.person_id"), id: "outlet.id" }
    }

    fn order(&self) -> Order {
        Order { name: "critic.outlets", key: "outlet.host$C", kind: KeyKind::Text, descending: false }
    }
}
