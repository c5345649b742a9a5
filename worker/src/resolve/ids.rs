//! Which id a film or a person keeps when reviews join, part and move.

use std::collections::BTreeMap;

/// The ids that the members of one part have for a home: id → how many members, and the earliest of them.
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

/// The id that a member takes back when it parts from its part again: the one that it bore before a merge, as long as that
/// one leads to the member's part.
pub fn home(before: Option<i64>, kept: i64, merged: &[i64]) -> i64 {
    before.filter(|home| *home == kept || merged.contains(home)).unwrap_or(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_held_most_of_a_merged_id_takes_it_back() {
        // 4 and 9 were merged into 4; the members of 9 still have it for a home.
        let joined = assign(&[Borne::from([(4, (3, 10)), (9, (2, 11))])]);
        assert_eq!(joined, [Assigned { kept: Some(4), merged: vec![9] }]);
        assert_eq!(home(Some(9), 4, &[9]), 9);
        let parted = assign(&[Borne::from([(9, (2, 11))]), Borne::from([(4, (3, 10))])]);
        assert_eq!(parted.iter().map(|part| part.kept).collect::<Vec<_>>(), [Some(9), Some(4)]);
        assert_eq!(home(Some(9), 9, &[]), 9);
        assert_eq!(home(Some(9), 4, &[]), 4, "its id went elsewhere");
        assert_eq!(home(None, 4, &[9]), 4);
    }

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
