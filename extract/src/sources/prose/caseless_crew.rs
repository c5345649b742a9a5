//! Who directed in scripts without capitals: `真柴悠監督`, `映画監督ルネ・オルガの`, `ルネ・オルガの『雪原』`.
//!
//! No letter marks a name here: it ends or begins at the word for the trade, or at the film's own title in quotes.

use crate::extraction::Field;
use crate::folding::is_caseless;
use crate::names::is_person;
use crate::names::scripts::{foreign_before, name_beginning, name_ending, without_honorific};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::Known;
use super::clause::Clause;

/// Signs that open the title of a work.
const OPENING: [char; 9] = ['『', '「', '《', '〈', '<', '≪', '“', '"', '‘'];

/// What stands between a director and the title of the film: the possessive, and the word for a film.
const OWNING: [&str; 9] = ["の映画", "の新作", "監督の", "导演的", "導演的", "의 영화", "の", "的", "의"];

/// `名前監督`, `이름 감독`: the name before the trade, with nothing else to mark it.
pub(super) fn before_trade(clause: &Clause<'_>, hit: &Hit, field: Field) -> Option<Statement> {
    const LETTERS_MIN: usize = 3;
    let span = clause.caseless_name_before(hit.span.start)?;
    let name = clause.words(&span);
    let start = past_grammar(name);
    let bare = name.get(start..)?;
    // `훌륭하고 감독의`: a word of the sentence.
    let facts = vocabulary().facts.find(bare, clause.language);
    let is_word = facts.iter().any(|hit| hit.span.end == bare.len() && hit.means("word_ending", clause.language));
    let plausible = bare.chars().count() >= LETTERS_MIN && bare.chars().count() <= 14 && is_person(bare) && !is_word;
    let span = span.start.saturating_add(start)..span.end;
    plausible.then(|| {
        clause.said(field, bare, &span).with(if bare.contains('・') { Certainty::Plain } else { Certainty::Weak })
    })
}

/// `山岡直人がメガホンをとった`, `由王建国执导`: a name that shows to be one, before any word for directing or writing.
pub(super) fn named_before(clause: &Clause<'_>) -> Vec<Statement> {
    let of = |trigger: &'static str, field: Field| clause.triggers(trigger).map(move |hit| (hit, field));
    let hits = of("name_directs", Field::Director).chain(of("name_writes", Field::Writer));
    let named = hits.filter(|(hit, _)| !clause.is_comparison(hit.span.start)).filter_map(|(hit, field)| {
        let head = without_honorific(clause.text.get(..hit.span.start)?.trim_end());
        let span = name_ending(head, clause.language)?;
        Some(clause.said(field, clause.words(&span), &span))
    });
    named.collect()
}

/// `映画監督ルネ・オルガ`, `감독은 박준서다`: a name right after the trade, of several parts or with a known surname.
pub(super) fn after_trade(clause: &Clause<'_>) -> Vec<Statement> {
    let of = |trigger: &'static str, field: Field| clause.triggers(trigger).map(move |hit| (hit, field));
    let hits = of("director_after", Field::Director).chain(of("writer_after", Field::Writer));
    let hits = hits.filter(|(hit, _)| clause.words(&hit.span).chars().any(is_caseless));
    let named = hits.filter_map(|(hit, field)| {
        let rest = clause.text.get(hit.span.end..)?;
        let lead = rest.len().saturating_sub(rest.trim_start_matches(['の', 'は', '：', ':', '、', ' ']).len());
        let start = hit.span.end.saturating_add(lead);
        let name = clause.text.get(start..)?;
        let borne = name_beginning(name, clause.language)?;
        let span = start.saturating_add(borne.start)..start.saturating_add(borne.end);
        Some(clause.said(field, clause.words(&span), &span))
    });
    named.collect()
}

/// `ルネ・オルガの『雪原』`: whose the film is, told before its title.
pub(super) fn owners(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    if !clause.text.chars().any(is_caseless) {
        return Vec::new();
    }
    let titles = known.lowered_titles.iter().filter(|title| title.chars().count() > 1);
    let places =
        titles.flat_map(|title| clause.lowered.match_indices(title.as_str()).map(|(at, _)| at).collect::<Vec<_>>());
    places.filter_map(|at| owner(clause, at)).collect()
}

fn owner(clause: &Clause<'_>, title: usize) -> Option<Statement> {
    let quoted = clause.text.get(..title)?;
    let head = quoted.strip_suffix(OPENING)?.trim_end();
    let head = OWNING.iter().find_map(|owning| head.strip_suffix(owning))?.trim_end();
    // Told by its dots: any other word may stand there (`昨日の『雪原』`).
    let span = foreign_before(head)?;
    let is_kept = is_person(clause.words(&span)) && !clause.is_comparison(span.start);
    is_kept.then(|| clause.said(Field::Director, clause.words(&span), &span))
}

/// Where a run of letters goes on after its last hiragana, which are grammar.
fn past_grammar(run: &str) -> usize {
    let last = run.char_indices().rev().find(|(_, letter)| matches!(letter, '\u{3040}'..='\u{309f}'));
    last.map_or(0, |(at, letter)| at.saturating_add(letter.len_utf8()))
}

#[cfg(test)]
mod tests {
    fn directors(text: &str) -> Vec<String> {
        let html = format!(
            "<html lang=ja><title>『雪原の馬』感想</title><h1>『雪原の馬』感想</h1><article><p>『雪原の馬』は静かな映画だ。\
             村の冬を描いている。観終わってからもしばらく席を立てなかった。</p><p>{text}</p></article>"
        );
        let content_type = Some("text/html; charset=utf-8");
        crate::extract(crate::Page { bytes: html.as_bytes(), content_type, url: "https://example.org/a" })
            .film
            .directors
    }

    #[test]
    fn a_name_of_several_parts_after_the_trade_is_the_directors() {
        assert_eq!(directors("映画監督ルネ・オルガの新しい作品である。"), ["ルネ・オルガ"]);
        assert_eq!(directors("監督の仕事は丁寧だ。"), Vec::<String>::new());
    }

    #[test]
    fn whose_the_film_is_stands_before_its_title() {
        assert_eq!(directors("昨日、ルネ・オルガの『雪原の馬』を観た。"), ["ルネ・オルガ"]);
        assert_eq!(directors("看完了勒内·奥尔加的《雪原の馬》。"), ["勒内·奥尔加"]);
        assert_eq!(directors("昨日の『雪原の馬』は満席だった。あの頃の映画『雪原の馬』。"), Vec::<String>::new());
    }
}
