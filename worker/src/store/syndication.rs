//! Copies: finds the reviews that print a stored review's text, and keeps them pointing to their original.
//!
//! Groups are worked out again from what is stored, around the review that comes or changes: those that stood with it, those
//! that stand near it in a band, and everything that hangs together with them. So they do not depend on the order in which
//! reviews came. Which texts are one, and which review is the original, is resolution's to say.

use std::collections::{BTreeMap, BTreeSet};

use queue::page_url;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;
use url::Url;

use super::{sql, tallies};
use crate::resolve::syndication::{Printing, Shingles, bands, is_one_text, neighbours, original, shingles};

/// A band that more reviews share says nothing about any of them: it is made of words that many pages have around their text.
const REVIEWS_PER_BAND_MAX: usize = 1_000;

/// What a change of groups touches beside the stored review.
#[derive(Debug, Default)]
pub(super) struct Flipped {
    /// Films of reviews that became copies, or are copies no longer.
    pub(super) films: BTreeSet<i64>,
    /// Their bylines.
    pub(super) bylines: BTreeSet<i64>,
    /// Every group that was looked at: its original, and all its reviews.
    pub(super) groups: Vec<(i64, BTreeSet<i64>)>,
}

/// Finds the stored review's copies by its text, and says of each review in its group whose copy it is. The review itself
/// must not be in the tallies; the others enter and leave them here.
pub(super) async fn settle(
    transaction: &DatabaseTransaction,
    review_id: i64,
    url: &Url,
    text: &str,
) -> Result<Flipped, DbErr> {
    let text = shingles(text);
    let mut seeds = group_of(transaction, review_id).await?;
    seeds.insert(review_id);
    seeds.extend(around(transaction, review_id).await?);
    if keep_bands(transaction, review_id, url, &bands(&text)).await? {
        seeds.extend(around(transaction, review_id).await?);
    }
    let mut groups = Groups { texts: BTreeMap::from([(review_id, text)]), ..Groups::default() };
    groups.grow(transaction, seeds).await?;
    let mut flipped = Flipped::default();
    for group in groups.into_groups() {
        point(transaction, review_id, &group, &mut flipped).await?;
    }
    Ok(flipped)
}

/// Whether the review is a copy.
pub(super) async fn is_copy(transaction: &DatabaseTransaction, review_id: i64) -> Result<bool, DbErr> {
    let sql = "select id from review where id = $1 and copy_of is not null";
    Ok(sql::row(transaction, sql, [review_id.into()]).await?.is_some())
}

/// The reviews that stand in one group with the review now.
async fn group_of(transaction: &DatabaseTransaction, review_id: i64) -> Result<BTreeSet<i64>, DbErr> {
    let sql = "select other.id from review mine join review other \
               on coalesce(other.copy_of, other.id) = coalesce(mine.copy_of, mine.id) where mine.id = $1";
    sql::rows(transaction, sql, [review_id.into()]).await?.iter().map(|row| row.try_get("", "id")).collect()
}

/// Reviews that its coming or going brings nearer to each other, or farther apart.
async fn around(transaction: &DatabaseTransaction, review_id: i64) -> Result<BTreeSet<i64>, DbErr> {
    let mut around = BTreeSet::new();
    for members in read_bands(transaction, [review_id], REVIEWS_PER_BAND_MAX + 1).await?.into_values() {
        if members.len() > REVIEWS_PER_BAND_MAX {
            // With this review the band says nothing any more; without it, it did.
            around.extend(members);
        } else {
            around.extend(neighbours(&members, review_id));
        }
    }
    Ok(around)
}

/// Writes the review's bands, if they are not what they were; answers whether they changed.
async fn keep_bands(
    transaction: &DatabaseTransaction,
    review_id: i64,
    url: &Url,
    bands: &BTreeSet<i64>,
) -> Result<bool, DbErr> {
    let kept = sql::rows(transaction, "select band from text_band where review_id = $1", [review_id.into()]).await?;
    let kept = kept.iter().map(|row| row.try_get("", "band")).collect::<Result<BTreeSet<i64>, DbErr>>()?;
    if kept == *bands {
        return Ok(false);
    }
    sql::write(transaction, "delete from text_band where review_id = $1", [review_id.into()]).await?;
    let insert = format!(
        "insert into text_band (band, url, review_id) select said.band, $1, $2 from {}",
        sql::records(transaction, 3, &[("band", "bigint")])
    );
    let bands = bands.iter().map(|band| json!({ "band": band })).collect();
    sql::write(transaction, insert, [url.as_str().into(), review_id.into(), sql::list(bands)]).await?;
    Ok(true)
}

/// The bands of some reviews, each with all its reviews in order of their addresses; without those that more than `most`
/// reviews share.
async fn read_bands(
    transaction: &DatabaseTransaction,
    reviews: impl IntoIterator<Item = i64>,
    most: usize,
) -> Result<BTreeMap<i64, Vec<i64>>, DbErr> {
    let sql = format!(
        "select other.band, other.review_id from \
            (select distinct band from text_band where review_id {}) as mine join text_band other on other.band = mine.band \
         where (select count(*) from (select 1 from text_band shared where shared.band = mine.band limit $2) as counted) < $2 \
         order by other.band, other.url",
        sql::among_ids(transaction, 1)
    );
    let limit = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
    let mut bands: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in sql::rows(transaction, sql, [sql::ids(reviews), limit.into()]).await? {
        bands.entry(row.try_get("", "band")?).or_default().push(row.try_get("", "review_id")?);
    }
    Ok(bands)
}

/// Reviews that hang together, as far as they have been looked at.
#[derive(Default)]
struct Groups {
    texts: BTreeMap<i64, Shingles>,
    /// Each review with those that print its text.
    alike: BTreeMap<i64, BTreeSet<i64>>,
}

impl Groups {
    /// Follows the reviews to all that print their texts.
    async fn grow(&mut self, transaction: &DatabaseTransaction, seeds: BTreeSet<i64>) -> Result<(), DbErr> {
        let mut new = seeds;
        while !new.is_empty() {
            let bands = read_bands(transaction, new.iter().copied(), REVIEWS_PER_BAND_MAX).await?;
            let mut pairs = BTreeSet::new();
            for review in &new {
                self.alike.entry(*review).or_default();
                let near = bands.values().flat_map(|members| neighbours(members, *review));
                pairs.extend(near.map(|other| (*review, other)));
            }
            self.read_texts(transaction, pairs.iter().flat_map(|(one, other)| [*one, *other])).await?;
            let mut next = BTreeSet::new();
            for (one, other) in pairs {
                let are_one = match (self.texts.get(&one), self.texts.get(&other)) {
                    (Some(text), Some(with)) => is_one_text(text, with),
                    _ => false,
                };
                if are_one {
                    self.alike.entry(one).or_default().insert(other);
                    if !self.alike.contains_key(&other) {
                        next.insert(other);
                    }
                    self.alike.entry(other).or_default().insert(one);
                }
            }
            new = next;
        }
        Ok(())
    }

    async fn read_texts(
        &mut self,
        transaction: &DatabaseTransaction,
        reviews: impl Iterator<Item = i64>,
    ) -> Result<(), DbErr> {
        let unread: BTreeSet<i64> = reviews.filter(|review| !self.texts.contains_key(review)).collect();
        if unread.is_empty() {
            return Ok(());
        }
        let sql = format!("select id, body from review where id {}", sql::among_ids(transaction, 1));
        for row in sql::rows(transaction, sql, [sql::ids(unread)]).await? {
            self.texts.insert(row.try_get("", "id")?, shingles(&row.try_get::<String>("", "body")?));
        }
        Ok(())
    }

    /// The connected components.
    fn into_groups(mut self) -> Vec<BTreeSet<i64>> {
        let mut groups = Vec::new();
        while let Some((review, alike)) = self.alike.pop_first() {
            let mut group = BTreeSet::from([review]);
            let mut new: Vec<i64> = alike.into_iter().collect();
            while let Some(review) = new.pop() {
                if group.insert(review) {
                    new.extend(self.alike.remove(&review).unwrap_or_default());
                }
            }
            groups.push(group);
        }
        groups
    }
}

/// Points the group's reviews to their original, and counts them accordingly.
async fn point(
    transaction: &DatabaseTransaction,
    stored: i64,
    group: &BTreeSet<i64>,
    flipped: &mut Flipped,
) -> Result<(), DbErr> {
    let sql = format!(
        "select id, url, published_on, critic_website, copy_of, film_id, byline_id from review where id {}",
        sql::among_ids(transaction, 1)
    );
    let rows = sql::rows(transaction, sql, [sql::ids(group.iter().copied())]).await?;
    let mut printings = Vec::with_capacity(rows.len());
    for row in &rows {
        let (url, website): (String, Option<String>) = (row.try_get("", "url")?, row.try_get("", "critic_website")?);
        printings.push(Printing {
            review: row.try_get("", "id")?,
            on_own_site: website.is_some_and(|website| is_of_site(&url, &website)),
            url,
            published_on: row.try_get("", "published_on")?,
        });
    }
    let Some(original) = original(&printings) else { return Ok(()) };
    flipped.groups.push((original, group.clone()));
    for (row, printing) in rows.iter().zip(&printings) {
        let copy_of = (printing.review != original).then_some(original);
        let before: Option<i64> = row.try_get("", "copy_of")?;
        if copy_of == before {
            continue;
        }
        if copy_of.is_some() {
            tallies::leave(transaction, printing.review).await?;
        }
        let update = "update review set copy_of = $2 where id = $1";
        sql::write(transaction, update, [printing.review.into(), copy_of.into()]).await?;
        if copy_of.is_none() && printing.review != stored {
            tallies::enter(transaction, printing.review).await?;
        }
        if copy_of.is_some() != before.is_some() {
            flipped.films.insert(row.try_get("", "film_id")?);
            flipped.bylines.extend(row.try_get::<Option<i64>>("", "byline_id")?);
        }
    }
    Ok(())
}

fn is_of_site(url: &str, website: &str) -> bool {
    match (Url::parse(url), Url::parse(website)) {
        (Ok(url), Ok(website)) => page_url::same_site(&url, &website),
        _ => false,
    }
}
