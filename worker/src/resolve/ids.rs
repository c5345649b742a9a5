//! Which id a film or a person keeps when reviews join, part and move.

use std::collections::BTreeMap;

/// The ids that the members of one part bore until now: id → how many members, and the earliest of them.
pub type Borne = BTreeMap<i64, (usize, i64)>;

/// What one part is called from now on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assigned {
    /// The id that it keeps; `None` when it needs a new one.
    pub kept: Option<i64>,
    /// Ids that are no more, and lead to this part.
    pub merged: Vec<i64>,
}

/// Hands every id that was borne to the part with most of its members (ties go to the part with the earliest). A part
/// that is handed several keeps the oldest, and the others lead to it.
pub fn assign(parts: &[Borne]) -> Vec<Assigned> {
    let mut heirs: BTreeMap<i64, (usize, i64, usize)> = BTreeMap::new();
    for (part, borne) in parts.iter().enumerate() {
        for (id, (members, earliest)) in borne {
            let heir = heirs.entry(*id).or_insert((*members, *earliest, part));
            if (*members, std::cmp::Reverse(*earliest)) > (heir.0, std::cmp::Reverse(heir.1)) {
                *heir = (*members, *earliest, part);
            }
        }
    }
    let mut assigned = vec![Assigned::default(); parts.len()];
    // In the order of the ids: the first that a part is handed is its oldest.
    for (id, (_, _, part)) in heirs {
        if let Some(part) = assigned.get_mut(part) {
            match part.kept {
                None => part.kept = Some(id),
                Some(_) => part.merged.push(id),
            }
        }
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merge_keeps_the_oldest_id_and_the_other_leads_to_it() {
        let joined = Borne::from([(4, (1, 10)), (9, (20, 11))]);
        assert_eq!(assign(&[joined]), [Assigned { kept: Some(4), merged: vec![9] }]);
    }

    #[test]
    fn a_split_leaves_the_id_with_most_members_and_ties_with_the_earliest() {
        let parts = [Borne::from([(4, (1, 10))]), Borne::from([(4, (2, 11))]), Borne::new()];
        let kept: Vec<Option<i64>> = assign(&parts).into_iter().map(|part| part.kept).collect();
        assert_eq!(kept, [None, Some(4), None]);
        let parts = [Borne::from([(4, (2, 12))]), Borne::from([(4, (2, 11))])];
        let kept: Vec<Option<i64>> = assign(&parts).into_iter().map(|part| part.kept).collect();
        assert_eq!(kept, [None, Some(4)]);
    }
}
