//! What the markup says of a paragraph beside a picture: whether it is the picture's caption.

use dom_query::NodeRef;

/// Whether a paragraph begins with a picture: what it says in italics is the caption, as those write who have no other markup
/// for one.
pub(super) fn begins_with_picture(paragraph: &NodeRef<'_>) -> bool {
    let is_picture = |node: &NodeRef<'_>| node.has_name("img") || node.has_name("picture");
    let said = |node: &NodeRef<'_>| node.is_element() || node.is_text() && !node.text().trim().is_empty();
    let first = paragraph.children_it(false).find(said);
    first.is_some_and(|first| {
        is_picture(&first) || first.has_name("a") && first.children_it(false).any(|child| is_picture(&child))
    })
}

/// Whether a paragraph follows one that is nothing but a picture, or a figure that says nothing itself.
pub(super) fn stands_under_picture(paragraph: &NodeRef<'_>) -> bool {
    let above = paragraph.prev_element_sibling();
    above.is_some_and(|above| {
        (above.has_name("p") || above.has_name("figure"))
            && begins_with_picture(&above)
            && above.text().trim().is_empty()
    })
}

/// Whether an element stands inside a figure's caption, of which some templates make a heading and a paragraph.
pub(super) fn is_in_figcaption(node: &NodeRef<'_>) -> bool {
    const LEVELS_MAX: usize = 3;
    node.ancestors(Some(LEVELS_MAX)).iter().any(|above| above.has_name("figcaption"))
}
