//! The five queries: each as a GraphQL document, and as the one SQL statement that a skilled hand would write for it.
//!
//! The SQL gives the whole answer as JSON. A few words of it are filled in for either database: `$OBJECT` makes an object,
//! `$[ … $]` a list of rows, `$( … $)` stands around a part that is JSON already, `$C` where text is compared by its bytes.

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::sort_key;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::DbBackend;
use serde_json::{Value, json};

use crate::exchange::Connection;

/// Nodes that a page of the five queries has at most: places are chosen so that there are so many after them.
const PAGE: usize = 20;

/// Different requests for each query, so that no single answer is measured.
const ASKS: usize = 32;

/// Edges of a page when all places of a list are gathered.
const GATHERED: usize = 100;

/// One of the five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// A film with all its credits.
    Film,
    /// Films, their credits, the people's other films, these films' reviews, their critics.
    Deep,
    /// Films whose title begins with something.
    Prefix,
    /// A page of reviews with their captions.
    Reviews,
    /// A page far down a list.
    Keyset,
}

impl Query {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Film, Self::Deep, Self::Prefix, Self::Reviews, Self::Keyset];

    /// What it asks, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Film => "film + all credits",
            Self::Deep => "20 films → … → critic",
            Self::Prefix => "title prefix",
            Self::Reviews => "reviews + captions",
            Self::Keyset => "deep keyset page",
        }
    }

    /// Its part of the ceiling's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Film => "film",
            Self::Deep => "deep",
            Self::Prefix => "prefix",
            Self::Reviews => "reviews",
            Self::Keyset => "keyset",
        }
    }

    /// The document that Marquee is sent.
    pub fn document(self) -> &'static str {
        match self {
            Self::Film => {
                "query($id: ID!) { film(id: $id) { id title year runtimeMinutes contentRating \
                 credits(first: 100) { nodes { id role character billing person { id name } } } } }"
            }
            Self::Deep => {
                "query($after: String) { films(first: 20, after: $after) { nodes { id title \
                 credits(first: 10) { nodes { role character person { id name \
                 credits(first: 5) { nodes { film { id title \
                 reviews(first: 3) { nodes { headline critic { name } } } } } } } } } } } }"
            }
            Self::Prefix => {
                "query($prefix: String!) { films(filter: { title: $prefix }, first: 20) { \
                 nodes { id title year runtimeMinutes reception { reviewCount mean } } } }"
            }
            Self::Reviews => {
                "query($after: String) { reviews(first: 20, after: $after) { nodes { id headline publishedOn \
                 rating { asPrinted score } film { id title } critic { id name } \
                 captions(first: 10) { nodes { text credit } } } } }"
            }
            Self::Keyset => {
                "query($after: String) { reviews(first: 20, after: $after) { \
                 nodes { id headline url publishedOn } pageInfo { endCursor } } }"
            }
        }
    }

    /// The statement that the ceiling sends.
    pub fn sql(self, backend: DbBackend) -> String {
        let template = match self {
            Self::Film => FILM,
            Self::Deep => DEEP,
            Self::Prefix => PREFIX,
            Self::Reviews => REVIEWS,
            Self::Keyset => KEYSET,
        };
        let is_postgres = backend == DbBackend::Postgres;
        WORDS.iter().fold(template.to_owned(), |text, (word, sqlite, postgres)| {
            text.replace(word, if is_postgres { postgres } else { sqlite })
        })
    }
}

/// A word of the statements, what SQLite says, what PostgreSQL says.
const WORDS: [(&str, &str, &str); 7] = [
    ("$END", "", "::text"),
    ("$OBJECT", "json_object", "json_build_object"),
    ("$[", "json_group_array(json(", "coalesce(json_agg("),
    ("$]", "))", "), '[]'::json)"),
    ("$(", "json((", "("),
    ("$)", "))", ")"),
    ("$C", "", " collate \"C\""),
];

const FILM: &str = "select $OBJECT('film', $OBJECT('id', film.id, 'title', film.title, 'year', film.year, \
    'runtimeMinutes', film.runtime_minutes, 'contentRating', film.content_rating, 'credits', $OBJECT('nodes', $( \
    select $[$OBJECT('id', part.id, 'role', part.role, 'character', part.\"character\", 'billing', part.billing, \
                     'person', $OBJECT('id', part.person_id, 'name', part.name))$] \
    from (select credit.id, credit.role, credit.\"character\", credit.billing, credit.person_id, person.name \
          from credit join person on person.id = credit.person_id where credit.film_id = film.id \
          order by credit.position, credit.id limit 100) as part$))))$END from film where film.id = $1";

const DEEP: &str = "select $OBJECT('films', $OBJECT('nodes', $[ \
    $OBJECT('id', film.id, 'title', film.title, 'credits', $OBJECT('nodes', $( \
      select $[$OBJECT('role', part.role, 'character', part.\"character\", \
        'person', $OBJECT('id', part.person_id, 'name', part.name, 'credits', $OBJECT('nodes', $( \
          select $[$OBJECT('film', $OBJECT('id', other.id, 'title', other.title, 'reviews', $OBJECT('nodes', $( \
            select $[$OBJECT('headline', written.headline, \
              'critic', $(select $OBJECT('name', person.name) from person where person.id = written.critic_id$))$] \
            from (select review.headline, review.critic_id from review where review.film_id = other.id \
                  order by coalesce(review.published_on, '')$C desc, review.id desc limit 3) as written$))))$] \
          from (select film.id, film.title from credit join film on film.id = credit.film_id \
                where credit.person_id = part.person_id order by credit.film_id, credit.id limit 5) as other$))))$] \
      from (select credit.role, credit.\"character\", credit.person_id, person.name \
            from credit join person on person.id = credit.person_id where credit.film_id = film.id \
            order by credit.position, credit.id limit 10) as part$)))$]))$END \
    from (select film.id, film.title from film where (film.title_sort, film.id) > ($1, $2) \
          order by film.title_sort, film.id limit 20) as film";

const PREFIX: &str = "select $OBJECT('films', $OBJECT('nodes', $[ \
    $OBJECT('id', found.id, 'title', found.title, 'year', found.year, 'runtimeMinutes', found.runtime_minutes, \
            'reception', $OBJECT('reviewCount', found.review_count, 'mean', found.score_mean))$]))$END \
    from (select film.id, film.title, film.year, film.runtime_minutes, film.review_count, film.score_mean from film \
          where film.title_sort >= $1 and film.title_sort < $2 order by film.title_sort, film.id limit 20) as found";

const REVIEWS: &str = "select $OBJECT('reviews', $OBJECT('nodes', $[ \
    $OBJECT('id', written.id, 'headline', written.headline, 'publishedOn', written.published_on, \
      'rating', $(case when written.rating_as_printed is not null \
                  then $OBJECT('asPrinted', written.rating_as_printed, 'score', written.score) end$), \
      'film', $(select $OBJECT('id', film.id, 'title', film.title) from film where film.id = written.film_id$), \
      'critic', $(select $OBJECT('id', person.id, 'name', person.name) from person where person.id = written.critic_id$), \
      'captions', $OBJECT('nodes', $( \
        select $[$OBJECT('text', shown.text, 'credit', shown.credit)$] \
        from (select caption.text, caption.credit from caption where caption.review_id = written.id \
              order by caption.position limit 10) as shown$)))$]))$END \
    from (select review.id, review.headline, review.published_on, review.rating_as_printed, review.score, \
                 review.film_id, review.critic_id from review \
          where (coalesce(review.published_on, '')$C, review.id) < ($1, $2) \
          order by coalesce(review.published_on, '')$C desc, review.id desc limit 20) as written";

const KEYSET: &str = "select $OBJECT('reviews', $OBJECT('nodes', $[ \
    $OBJECT('id', written.id, 'headline', written.headline, 'url', written.url, 'publishedOn', written.published_on)$], \
    'pageInfo', $OBJECT('endCursor', max(case when written.number = 20 then written.id || '|' || written.key end))))$END \
    from (select review.id, review.headline, review.url, review.published_on, \
                 coalesce(review.published_on, '')$C as key, \
                 row_number() over (order by coalesce(review.published_on, '')$C desc, review.id desc) as number \
          from review where (coalesce(review.published_on, '')$C, review.id) < ($1, $2) \
          order by coalesce(review.published_on, '')$C desc, review.id desc limit 20) as written";

/// The same request to both servers: the bodies of two POSTs.
#[derive(Debug, Clone)]
pub struct Ask {
    /// A GraphQL request.
    pub marquee: String,
    /// The values of the statement, a JSON array.
    pub ceiling: String,
}

impl Ask {
    fn new(query: Query, variables: &Value, values: &Value) -> Self {
        let marquee = json!({ "query": query.document(), "variables": variables }).to_string();
        Self { marquee, ceiling: values.to_string() }
    }
}

/// Where a row stands in its list: as Marquee says it, and as the database compares it.
#[derive(Debug, Clone)]
pub struct Place {
    /// To be given as `after`.
    pub cursor: String,
    id: String,
    number: i64,
    key: String,
    title: String,
}

/// What is asked, and where the rows of the two long lists stand.
#[derive(Debug)]
pub struct Workload {
    films: Vec<Place>,
    reviews: Vec<Place>,
    seed: u64,
}

impl Workload {
    /// Asks Marquee for all places of the lists that the queries page through.
    ///
    /// # Errors
    /// When it does not answer, or has fewer films or reviews than a page.
    pub async fn gather(marquee: &mut Connection, seed: u64) -> anyhow::Result<Self> {
        let films = places(marquee, "films", "title").await?;
        let reviews = places(marquee, "reviews", "publishedOn").await?;
        if films.len() <= PAGE || reviews.len() <= PAGE {
            bail!("{} films and {} reviews make no pages to turn; shrink the graph less", films.len(), reviews.len());
        }
        Ok(Self { films, reviews, seed })
    }

    /// Requests of one query.
    ///
    /// # Errors
    /// Never, unless a list has lost its places.
    pub fn asks(&self, query: Query) -> anyhow::Result<Vec<Ask>> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        (0..ASKS).map(|_| self.ask(query, &mut rng)).collect()
    }

    /// The first page of the keyset query's list, and pages after so many hundredths of it.
    ///
    /// # Errors
    /// Never, unless a list has lost its places.
    pub fn at_depths(&self, hundredths: &[usize]) -> anyhow::Result<Vec<(usize, String)>> {
        let first = json!({ "query": Query::Keyset.document(), "variables": {} }).to_string();
        let mut asks = vec![(0, first)];
        for hundredth in hundredths {
            let depth = self.reviews.len().saturating_sub(PAGE + 1) * hundredth / 100;
            let place = self.reviews.get(depth).context("a place")?;
            asks.push((depth + 1, Ask::new(Query::Keyset, &json!({ "after": place.cursor }), &json!([])).marquee));
        }
        Ok(asks)
    }

    fn ask(&self, query: Query, rng: &mut StdRng) -> anyhow::Result<Ask> {
        let (list, from) = match query {
            Query::Film | Query::Deep | Query::Prefix => (&self.films, 0),
            Query::Reviews => (&self.reviews, 0),
            // The second half is deep.
            Query::Keyset => (&self.reviews, self.reviews.len() / 2),
        };
        let to = list.len().saturating_sub(PAGE);
        let place = list.get(rng.random_range(from.min(to.saturating_sub(1))..to)).context("a place")?;
        Ok(match query {
            Query::Film => Ask::new(query, &json!({ "id": place.id }), &json!([place.number])),
            Query::Prefix => {
                let prefix: String = place.title.chars().take(rng.random_range(4..=9)).collect();
                let from = sort_key::title_sort(&prefix);
                let to = format!("{from}{}", char::MAX);
                Ask::new(query, &json!({ "prefix": prefix }), &json!([from, to]))
            }
            Query::Deep | Query::Reviews | Query::Keyset => {
                Ask::new(query, &json!({ "after": place.cursor }), &json!([place.key, place.number]))
            }
        })
    }
}

/// Every place of a list in its usual order, whose key is in `field`.
async fn places(marquee: &mut Connection, list: &str, field: &str) -> anyhow::Result<Vec<Place>> {
    let document = format!(
        "query($after: String) {{ {list}(first: {GATHERED}, after: $after) {{ edges {{ cursor node {{ id key: {field} }} }} }} }}"
    );
    let mut places: Vec<Place> = Vec::new();
    loop {
        let after = places.last().map(|place| place.cursor.clone());
        let body = json!({ "query": document, "variables": { "after": after } }).to_string();
        let (_, answer) = marquee.post("/graphql", &body).await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        let pointer = format!("/data/{list}/edges");
        let edges = answer.pointer(&pointer).and_then(Value::as_array).with_context(|| answer.to_string())?;
        for edge in edges {
            places.push(place(edge, list).with_context(|| edge.to_string())?);
        }
        if edges.len() < GATHERED {
            return Ok(places);
        }
    }
}

fn place(edge: &Value, list: &str) -> Option<Place> {
    let cursor = edge.get("cursor")?.as_str()?.to_owned();
    let id = edge.pointer("/node/id")?.as_str()?.to_owned();
    let number = row_number(&id)?;
    let title = edge.pointer("/node/key")?.as_str().unwrap_or_default().to_owned();
    let key = if list == "films" { sort_key::title_sort(&title) } else { title.clone() };
    Some(Place { cursor, id, number, key, title })
}

/// The row that an id of Marquee's stands for.
pub(super) fn row_number(id: &str) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    text.get(1..)?.parse().ok()
}

/// What a cursor of Marquee's says after the name of its order.
pub(super) fn place_of_cursor(cursor: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.split_once('|').map(|(_, place)| place.to_owned())
}
