//! Reads the graph for an export, in batches: one statement a relation and batch.
//!
//! Order is by content alone: titles and names in their folded form, then references, then addresses.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, TryGetable, Value};

use super::Printer;
use super::node::{
    Caption, Credit, Critic, Depiction, ExternalId, Film, Named, Node, Outlet, Person, Rating, Reception, Review,
};
use super::reference;

/// Films, people or outlets whose order is read at a time.
const NODES_PER_BATCH: i64 = 500;

/// Reviews that are in memory at a time: their texts are what is long here.
const REVIEWS_PER_BATCH: i64 = 200;

/// A node's place in the export.
#[derive(Debug)]
struct Place {
    /// Folded title or name.
    sort: String,
    reference: String,
    id: i64,
    reviews: i64,
}

/// Prints every film, each followed by its reviews.
pub(super) async fn films(moment: &DatabaseTransaction, out: &mut Printer) -> anyhow::Result<()> {
    let sql = "select f.id, f.title_sort as sort, \
               coalesce((select r.url from review r where r.film_id = f.id order by r.url$C limit 1), '') as url, \
               (select count(*) from review r where r.film_id = f.id) as reviews from film f \
               where (f.title_sort, f.id) > ($1, $2) order by f.title_sort, f.id limit $3";
    let mut places = Places::default();
    let referred = async |found: Vec<Place>| {
        let referred = |place: Place| Place { reference: reference::of_film(&place.reference), ..place };
        Ok(found.into_iter().map(referred).collect())
    };
    while let Some(batch) = places.next(moment, sql, referred).await? {
        // Films with few reviews are read together, up to a batch of reviews.
        let mut together = Vec::new();
        let mut reviews = 0;
        for place in batch {
            if reviews + place.reviews > REVIEWS_PER_BATCH {
                print_films(moment, out, std::mem::take(&mut together)).await?;
                reviews = 0;
            }
            reviews += place.reviews;
            together.push(place);
        }
        print_films(moment, out, together).await?;
    }
    Ok(())
}

/// Prints every person.
pub(super) async fn people(moment: &DatabaseTransaction, out: &mut Printer) -> anyhow::Result<()> {
    let sql = "select p.id, p.name_sort as sort, '' as url, cast(0 as bigint) as reviews from person p \
               where (p.name_sort, p.id) > ($1, $2) order by p.name_sort, p.id limit $3";
    let mut places = Places::default();
    let referred = async |found: Vec<Place>| {
        let mut references = reference::of_people(moment, &list(found.iter().map(|place| place.id))).await?;
        let referred = |place: Place| Place { reference: references.remove(&place.id).unwrap_or_default(), ..place };
        Ok(found.into_iter().map(referred).collect())
    };
    while let Some(batch) = places.next(moment, sql, referred).await? {
        print_people(moment, out, &batch).await?;
    }
    Ok(())
}

/// Prints every outlet that a review appeared in.
pub(super) async fn outlets(moment: &DatabaseTransaction, out: &mut Printer) -> anyhow::Result<()> {
    let sql = "select o.host, o.name from outlet o where o.host$C > $1 \
               and exists (select 1 from review r where r.outlet_id = o.id) order by o.host$C limit $2";
    let mut after = String::new();
    loop {
        let batch = rows(moment, sql, [after.clone().into(), NODES_PER_BATCH.into()]).await?;
        for row in &batch {
            after = row.try_get("", "host")?;
            out.print(&Node::Outlet(Outlet { name: get(row, "name")?, host: after.clone() }))?;
        }
        if batch.is_empty() {
            return Ok(());
        }
    }
}

/// Goes through a table in the order of its folded titles or names.
#[derive(Debug, Default)]
struct Places {
    after: (String, i64),
    /// What sorts the same as the last row read: more of it may follow.
    pending: Vec<Place>,
    ended: bool,
}

impl Places {
    /// The next nodes, in their final order; `referred` gives them their references.
    async fn next(
        &mut self,
        moment: &DatabaseTransaction,
        sql: &str,
        referred: impl AsyncFn(Vec<Place>) -> Result<Vec<Place>, DbErr>,
    ) -> Result<Option<Vec<Place>>, DbErr> {
        while !self.ended {
            let values = [self.after.0.clone().into(), self.after.1.into(), NODES_PER_BATCH.into()];
            let found = rows(moment, sql, values).await?;
            let found = found.iter().map(place_of).collect::<Result<Vec<_>, DbErr>>()?;
            let Some(last) = found.last() else {
                self.ended = true;
                break;
            };
            self.after = (last.sort.clone(), last.id);
            self.pending.extend(referred(found).await?);
            let (mut whole, rest) = std::mem::take(&mut self.pending)
                .into_iter()
                .partition::<Vec<_>, _>(|place| place.sort != self.after.0);
            self.pending = rest;
            if !whole.is_empty() {
                in_order(&mut whole);
                return Ok(Some(whole));
            }
        }
        in_order(&mut self.pending);
        Ok(Some(std::mem::take(&mut self.pending)).filter(|places| !places.is_empty()))
    }
}

fn in_order(places: &mut [Place]) {
    places.sort_by(|one, other| (&one.sort, &one.reference).cmp(&(&other.sort, &other.reference)));
}

fn place_of(row: &QueryResult) -> Result<Place, DbErr> {
    Ok(Place {
        sort: get(row, "sort")?,
        reference: get(row, "url")?,
        id: get(row, "id")?,
        reviews: get(row, "reviews")?,
    })
}

/// Prints films and their reviews. Several have fewer reviews together than a batch holds; one may have any number.
async fn print_films(moment: &DatabaseTransaction, out: &mut Printer, places: Vec<Place>) -> anyhow::Result<()> {
    let films = list(places.iter().map(|place| place.id));
    let mut nodes = film_nodes(moment, &films, &places).await?;
    if let [place] = places.as_slice() {
        if let Some(film) = nodes.remove(&place.id) {
            out.print(&Node::Film(Box::new(film)))?;
        }
        let mut after = String::new();
        loop {
            let reviews = review_nodes(moment, &films, &after, &places).await?;
            let Some((_, last)) = reviews.last() else { return Ok(()) };
            after.clone_from(&last.url);
            for (_, review) in reviews {
                out.print(&Node::Review(Box::new(review)))?;
            }
        }
    }
    let mut reviews: BTreeMap<i64, Vec<Review>> = BTreeMap::new();
    for (film, review) in review_nodes(moment, &films, "", &places).await? {
        reviews.entry(film).or_default().push(review);
    }
    for place in &places {
        if let Some(film) = nodes.remove(&place.id) {
            out.print(&Node::Film(Box::new(film)))?;
        }
        for review in reviews.remove(&place.id).unwrap_or_default() {
            out.print(&Node::Review(Box::new(review)))?;
        }
    }
    Ok(())
}

async fn film_nodes(moment: &DatabaseTransaction, films: &str, places: &[Place]) -> Result<BTreeMap<i64, Film>, DbErr> {
    let mut nodes = BTreeMap::new();
    for row in rows(moment, "select * from film where id $AMONG", [films.into()]).await? {
        nodes.insert(get(&row, "id")?, film_node(&row)?);
    }
    for place in places {
        if let Some(film) = nodes.get_mut(&place.id) {
            film.reference.clone_from(&place.reference);
        }
    }
    let genres = "select film_id, name from film_genre where film_id $AMONG order by position";
    for row in rows(moment, genres, [films.into()]).await? {
        if let Some(film) = nodes.get_mut(&get(&row, "film_id")?) {
            film.genres.push(get(&row, "name")?);
        }
    }
    let external_ids =
        "select film_id, source, value from film_external_id where film_id $AMONG order by source$C, value$C";
    for row in rows(moment, external_ids, [films.into()]).await? {
        if let Some(film) = nodes.get_mut(&get(&row, "film_id")?) {
            film.external_ids.push(external_id(&row, api::film_page)?);
        }
    }
    let credits = "select c.film_id, c.person_id, p.name, c.role, c.character, c.billing from credit c \
                   join person p on p.id = c.person_id where c.film_id $AMONG order by c.position, c.role$C, p.name$C";
    let credits = rows(moment, credits, [films.into()]).await?;
    let people = people_among(moment, &credits).await?;
    for row in credits {
        if let Some(film) = nodes.get_mut(&get(&row, "film_id")?) {
            film.credits.push(Credit {
                person: referred(&people, &row)?,
                name: get(&row, "name")?,
                role: get(&row, "role")?,
                character: get(&row, "character")?,
                billing: get(&row, "billing")?,
            });
        }
    }
    Ok(nodes)
}

fn film_node(row: &QueryResult) -> Result<Film, DbErr> {
    let histogram: String = get(row, "score_histogram")?;
    Ok(Film {
        title: get(row, "title")?,
        original_title: get(row, "original_title")?,
        year: get(row, "year")?,
        release_date: get(row, "release_date")?,
        runtime_minutes: get(row, "runtime_minutes")?,
        content_rating: get(row, "content_rating")?,
        reception: Reception {
            review_count: get(row, "review_count")?,
            rated_count: get(row, "rated_count")?,
            mean: get(row, "score_mean")?,
            median: get(row, "score_median")?,
            spread: get(row, "score_spread")?,
            histogram: serde_json::from_str(&histogram).map_err(|error| DbErr::Json(error.to_string()))?,
        },
        ..Film::default()
    })
}

/// The next reviews of the films, by address, with their captions; each with its film's number.
async fn review_nodes(
    moment: &DatabaseTransaction,
    films: &str,
    after: &str,
    places: &[Place],
) -> Result<Vec<(i64, Review)>, DbErr> {
    let references: BTreeMap<i64, &str> = places.iter().map(|place| (place.id, place.reference.as_str())).collect();
    let sql = "select r.id, r.url, r.film_id, r.headline, r.dek, r.published_on, r.language, r.rating_as_printed, \
                      r.rating_value, r.rating_best, r.rating_scale, r.score, r.score_low, r.score_high, r.body, \
                      r.critic_id as person_id, p.name as critic, o.name as outlet, o.host, original.url as copy_of \
               from review r join outlet o on o.id = r.outlet_id left join person p on p.id = r.critic_id \
               left join review original on original.id = r.copy_of \
               where r.film_id $AMONG and r.url$C > $2 order by r.url$C limit $3";
    let found = rows(moment, sql, [films.into(), after.into(), REVIEWS_PER_BATCH.into()]).await?;
    let critics = people_among(moment, &found).await?;
    let ids = found.iter().map(|row| get(row, "id")).collect::<Result<Vec<i64>, DbErr>>()?;
    let mut captions = caption_nodes(moment, &list(ids.into_iter())).await?;
    let review = |row: &QueryResult| {
        let film = get(row, "film_id")?;
        let critic = get::<Option<String>>(row, "critic")?;
        let review = Review {
            url: get(row, "url")?,
            film: references.get(&film).copied().unwrap_or_default().to_owned(),
            headline: get(row, "headline")?,
            dek: get(row, "dek")?,
            critic: critic.map(|name| Ok::<_, DbErr>(Named { person: referred(&critics, row)?, name })).transpose()?,
            outlet: Outlet { name: get(row, "outlet")?, host: get(row, "host")? },
            published_on: get(row, "published_on")?,
            language: get(row, "language")?,
            rating: rating(row)?,
            body: get(row, "body")?,
            copy_of: get(row, "copy_of")?,
            captions: captions.remove(&get(row, "id")?).unwrap_or_default(),
        };
        Ok((film, review))
    };
    found.iter().map(review).collect()
}

fn rating(row: &QueryResult) -> Result<Option<Rating>, DbErr> {
    let Some(as_printed) = get(row, "rating_as_printed")? else { return Ok(None) };
    Ok(Some(Rating {
        as_printed,
        value: get(row, "rating_value")?,
        best: get(row, "rating_best")?,
        scale: get(row, "rating_scale")?,
        score: get(row, "score")?,
        score_low: get(row, "score_low")?,
        score_high: get(row, "score_high")?,
    }))
}

/// The captions of reviews, in the pages' order.
async fn caption_nodes(moment: &DatabaseTransaction, reviews: &str) -> Result<BTreeMap<i64, Vec<Caption>>, DbErr> {
    let sql = "select d.caption_id, d.person_id, p.name, d.character, d.place from caption c \
               join depiction d on d.caption_id = c.id join person p on p.id = d.person_id \
               where c.review_id $AMONG order by d.caption_id, d.position";
    let found = rows(moment, sql, [reviews.into()]).await?;
    let people = people_among(moment, &found).await?;
    let mut depicted: BTreeMap<i64, Vec<Depiction>> = BTreeMap::new();
    for row in found {
        depicted.entry(get(&row, "caption_id")?).or_default().push(Depiction {
            person: referred(&people, &row)?,
            name: get(&row, "name")?,
            character: get(&row, "character")?,
            place: get(&row, "place")?,
        });
    }
    let sql = "select id, review_id, text, credit, image_url from caption where review_id $AMONG order by position";
    let mut captions: BTreeMap<i64, Vec<Caption>> = BTreeMap::new();
    for row in rows(moment, sql, [reviews.into()]).await? {
        captions.entry(get(&row, "review_id")?).or_default().push(Caption {
            text: get(&row, "text")?,
            credit: get(&row, "credit")?,
            image_url: get(&row, "image_url")?,
            depicts: depicted.remove(&get(&row, "id")?).unwrap_or_default(),
        });
    }
    Ok(captions)
}

async fn print_people(moment: &DatabaseTransaction, out: &mut Printer, places: &[Place]) -> anyhow::Result<()> {
    let people = list(places.iter().map(|place| place.id));
    let mut other_names: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let sql = "select person_id, name from person_other_name where person_id $AMONG order by name$C";
    for row in rows(moment, sql, [people.as_str().into()]).await? {
        other_names.entry(get(&row, "person_id")?).or_default().push(get(&row, "name")?);
    }
    let mut external_ids: BTreeMap<i64, Vec<ExternalId>> = BTreeMap::new();
    let sql =
        "select person_id, source, value from person_external_id where person_id $AMONG order by source$C, value$C";
    for row in rows(moment, sql, [people.as_str().into()]).await? {
        external_ids.entry(get(&row, "person_id")?).or_default().push(external_id(&row, api::person_page)?);
    }
    let mut critics = critics(moment, &people).await?;
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    for row in rows(moment, "select id, name from person where id $AMONG", [people.as_str().into()]).await? {
        names.insert(get(&row, "id")?, get(&row, "name")?);
    }
    for place in places {
        out.print(&Node::Person(Box::new(Person {
            reference: place.reference.clone(),
            name: names.remove(&place.id).unwrap_or_default(),
            other_names: other_names.remove(&place.id).unwrap_or_default(),
            external_ids: external_ids.remove(&place.id).unwrap_or_default(),
            critic: critics.remove(&place.id),
        })))?;
    }
    Ok(())
}

async fn critics(moment: &DatabaseTransaction, people: &str) -> Result<BTreeMap<i64, Critic>, DbErr> {
    let mut critics = BTreeMap::new();
    for row in rows(moment, "select * from critic_profile where person_id $AMONG", [people.into()]).await? {
        let (count, sum): (i32, f64) = (get(&row, "score_count")?, get(&row, "score_sum")?);
        let critic = Critic {
            bio: get(&row, "bio")?,
            website: get(&row, "website")?,
            review_count: get(&row, "review_count")?,
            score_count: count,
            mean_score: (count > 0).then(|| sum / f64::from(count)),
            outlets: Vec::new(),
        };
        critics.insert(get(&row, "person_id")?, critic);
    }
    let sql = "select c.person_id, o.host from critic_outlet c join outlet o on o.id = c.outlet_id \
               where c.person_id $AMONG order by o.host$C";
    for row in rows(moment, sql, [people.into()]).await? {
        if let Some(critic) = critics.get_mut(&get(&row, "person_id")?) {
            critic.outlets.push(get(&row, "host")?);
        }
    }
    Ok(critics)
}

/// References of the people whom rows name in `person_id`.
async fn people_among(moment: &DatabaseTransaction, rows: &[QueryResult]) -> Result<BTreeMap<i64, String>, DbErr> {
    let people = rows.iter().map(|row| get(row, "person_id")).collect::<Result<BTreeSet<Option<i64>>, DbErr>>()?;
    reference::of_people(moment, &list(people.into_iter().flatten())).await
}

fn referred(people: &BTreeMap<i64, String>, row: &QueryResult) -> Result<String, DbErr> {
    Ok(people.get(&get::<i64>(row, "person_id")?).cloned().unwrap_or_default())
}

fn external_id(row: &QueryResult, page: fn(&str, &str) -> Option<String>) -> Result<ExternalId, DbErr> {
    let (source, value): (String, String) = (get(row, "source")?, get(row, "value")?);
    Ok(ExternalId { url: page(&source, &value), source, value })
}

fn get<T: TryGetable>(row: &QueryResult, column: &str) -> Result<T, DbErr> {
    row.try_get("", column)
}

/// Row numbers as the parameter of `$AMONG`.
fn list(ids: impl Iterator<Item = i64>) -> String {
    serde_json::Value::from(ids.collect::<Vec<_>>()).to_string()
}

/// Reads rows. `$C` stands for the collation that sorts by bytes, which only PostgreSQL has to be told; `$AMONG` for "is
/// one of the numbers of the first parameter".
pub(super) async fn rows<const N: usize>(
    moment: &DatabaseTransaction,
    sql: &str,
    values: [Value; N],
) -> Result<Vec<QueryResult>, DbErr> {
    let backend = moment.get_database_backend();
    let (collation, among) = match backend {
        DbBackend::Postgres => {
            (" collate \"C\"", "= any (array(select value::bigint from jsonb_array_elements_text($1::jsonb) as value))")
        }
        _ => ("", "in (select value from json_each($1))"),
    };
    let sql = sql.replace("$C", collation).replace("$AMONG", among);
    moment.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await
}
