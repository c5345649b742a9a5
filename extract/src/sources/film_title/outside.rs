//! What the page has of a text's works outside the text: in its headline, address, title, description, tags and pictures.
//!
//! Knows where to look; what each place tells is weighed by who asks.

use crate::folding::{is_cjk, key, start_of, title_key};
use crate::names::{has_given_name, is_person};
use crate::page::Zone;
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::values;
use crate::vocabulary::{is_known_film, is_known_series, trade_of, vocabulary};

use super::told::{Sign, Work};

/// How much of a picture's name is looked at.
const NAME_BYTES: usize = 96;

/// What the page has of works outside its text, as keys.
pub(super) struct Outside {
    pub headline: String,
    site: String,
    page_title: String,
    head: String,
    slug: String,
    pictures: String,
}

impl Outside {
    pub(super) fn of(reading: Reading<'_>, headline: &Headline, head: &Metadata) -> Self {
        const PICTURES_MAX: usize = 12;
        const NAMES: [&str; 5] = ["og:description", "description", "twitter:description", "keywords", "article:tag"];
        let bounded = |text: &str| format!(" {} ", key(text));
        let pictures = reading.page.elements("img").into_iter().take(PICTURES_MAX);
        let pictures = pictures.fold(String::new(), |all, picture| {
            let source = picture.attr_or("src", "");
            let file = source.rsplit('/').next().unwrap_or_default().replace(['-', '_', '.'], " ");
            let file = start_of(&file, NAME_BYTES);
            format!("{all}{}{}", bounded(&picture.attr_or("alt", "")), bounded(file))
        });
        let tags = reading.page.blocks.iter().filter(|block| block.zone == Zone::Tags).take(PICTURES_MAX);
        let tags = tags.map(|block| bounded(&reading.page.block_text(block).replace(['-', '_'], " ")));
        Self {
            headline: bounded(&headline.text),
            site: headline.site.as_deref().map(title_key).unwrap_or_default(),
            page_title: bounded(head.title.as_deref().unwrap_or_default()),
            head: NAMES.iter().flat_map(|name| head.all(name)).map(|text| bounded(text)).chain(tags).collect(),
            slug: bounded(&reading.page.slug().unwrap_or_default().replace(['-', '_', '.'], " ")),
            pictures,
        }
    }

    /// Tells a work the signs of its name, and of where the page has it.
    pub(super) fn tell(&self, own: &str, work: &mut Work) {
        const LETTERS_MIN: usize = 4;
        let bounded = format!(" {own} ");
        let is_word = !own.contains(' ') && !own.chars().any(is_cjk);
        let is_known = is_known_film(&key(&work.words));
        let is_person = is_person(&work.words) && has_given_name(&work.words) || trade_of(own).is_some();
        let in_headline = |word: &str| word.len() >= LETTERS_MIN && self.headline.contains(&format!(" {word} "));
        let is_template = vocabulary().labels.exact(own).is_some() || values::is_genre(own);
        let is_other = own == self.site
            || is_template
            || is_known_series(own)
            || vocabulary().is_seldom_name(own)
            || vocabulary().is_not_name(own);
        let signs = [
            (is_known && !is_word, Sign::Known),
            (is_known && is_word, Sign::KnownWord),
            (is_word, Sign::Word),
            (own.split(' ').any(in_headline), Sign::InHeadline),
            (self.slug.contains(&bounded), Sign::InAddress),
            (self.page_title.contains(&bounded), Sign::InPageTitle),
            (self.head.contains(&bounded), Sign::InHead),
            (self.pictures.contains(&bounded), Sign::InPictures),
            (is_person && !is_known && !work.signs.contains_key(&Sign::SetApart), Sign::Person),
            (is_other, Sign::Other),
        ];
        signs.into_iter().filter(|(holds, _)| *holds).for_each(|(_, sign)| work.tell(sign));
    }
}
