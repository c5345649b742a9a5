//! The relations that everything is read by, on both databases.

use std::collections::HashMap;
use std::sync::Arc;

use super::caption::CaptionsOf;
use super::claim::{self, SubjectKey};
use super::credit::{CreditList, CreditRow, CreditsOf};
use super::film::{FilmFilter, FilmList, FilmOrderField};
use super::list::{self, List, Page, Side, Window};
use super::person::{PersonList, generosity};
use super::review::{self, ReviewFilter, ReviewList, ReviewOrderField, ReviewsOf, Text, TextKey};
use super::seed::{film_graph, on_each_database, run};
use super::{Reader, Redirect};
use crate::Services;

fn reader(services: &Services) -> Reader {
    Reader::new(services.database.clone(), Arc::default())
}

fn films(field: FilmOrderField, descending: bool) -> FilmList {
    FilmList { filter: FilmFilter::default(), field, descending }
}

async fn page<L: List>(reader: &Reader, list: &L, window: &Window) -> Page<L::Row> {
    list::pages(reader, list, None, window).await.expect("read").remove(&0).unwrap_or_else(Page::empty)
}

#[tokio::test]
async fn walking_pages_gives_every_film_once_in_either_direction_and_every_order() {
    on_each_database(|services| async move {
        film_graph(&services, 23).await;
        let reader = reader(&services);
        for field in [FilmOrderField::Title, FilmOrderField::Year, FilmOrderField::Score, FilmOrderField::ReviewCount] {
            for descending in [false, true] {
                let list = films(field, descending);
                let whole: Vec<i64> = ids(&page(&reader, &list, &Window::first(100)).await);
                assert_eq!(whole.len(), 23);
                let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
                let mut window = Window::first(5);
                loop {
                    let page = page(&reader, &list, &window).await;
                    forwards.extend(ids(&page));
                    if !page.more {
                        break;
                    }
                    window.after = page.rows.last().map(|(position, _)| position.clone());
                }
                let mut window = Window { backwards: true, ..Window::first(5) };
                loop {
                    let page = page(&reader, &list, &window).await;
                    backwards.splice(0..0, ids(&page));
                    if !page.more {
                        break;
                    }
                    window.before = page.rows.first().map(|(position, _)| position.clone());
                }
                assert_eq!(forwards, whole, "{field:?} {descending}");
                assert_eq!(backwards, whole, "{field:?} {descending}");
            }
        }
    })
    .await;
}

fn ids(page: &Page<super::film::FilmRow>) -> Vec<i64> {
    page.rows.iter().map(|(_, film)| film.id).collect()
}

#[tokio::test]
async fn unknown_years_and_scores_come_last_either_way() {
    on_each_database(|services| async move {
        film_graph(&services, 9).await;
        let reader = reader(&services);
        for descending in [false, true] {
            let years = page(&reader, &films(FilmOrderField::Year, descending), &Window::first(100)).await;
            let unknown: Vec<bool> = years.rows.iter().map(|(_, film)| film.year.is_none()).collect();
            assert!(unknown.is_sorted() && unknown.contains(&true), "{unknown:?}");
            let scores = page(&reader, &films(FilmOrderField::Score, descending), &Window::first(100)).await;
            let unknown: Vec<bool> = scores.rows.iter().map(|(_, film)| film.score_mean.is_none()).collect();
            assert!(unknown.is_sorted() && unknown.contains(&true), "{unknown:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_parent_has_its_own_page_from_one_statement() {
    on_each_database(|services| async move {
        film_graph(&services, 12).await;
        let reader = reader(&services);
        let parents: Vec<i64> = (1..=14).collect();
        let list = CreditList { of: CreditsOf::Film, roles: Some(vec![entity::CreditRole::Actor]) };
        let pages = list::pages(&reader, &list, Some(&parents), &Window::first(2)).await.expect("read");
        assert_eq!(reader.statements.load(std::sync::atomic::Ordering::Relaxed), 1);
        assert_eq!(pages.len(), 12, "films 13 and 14 are not there");
        for (film, page) in &pages {
            assert!(page.more, "a third actor is left");
            let positions: Vec<i64> = page.rows.iter().map(|(_, credit)| credit.id - film * 10).collect();
            assert_eq!(positions, [1, 2]);
        }
        let after = Window { after: Some(pages[&3].rows[1].0.clone()), ..Window::first(2) };
        let rest: HashMap<i64, Page<CreditRow>> = list::pages(&reader, &list, Some(&[3]), &after).await.expect("read");
        assert_eq!(rest[&3].rows.len(), 1);
        assert!(!rest[&3].more);
    })
    .await;
}

#[tokio::test]
async fn a_place_in_the_billing_holds_when_somebody_is_billed_before_it() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        let reader = reader(&services);
        let list = CreditList { of: CreditsOf::Film, roles: None };
        let ids = |page: &Page<CreditRow>| page.rows.iter().map(|(_, credit)| credit.id).collect::<Vec<i64>>();
        let first = list::pages(&reader, &list, Some(&[1]), &Window::first(2)).await.expect("read").remove(&1);
        let first = first.expect("film 1 has credits");
        assert_eq!(ids(&first), [11, 12]);
        run(
            &services,
            "update credit set position = position + 1 where film_id = 1;\n\
             insert into credit (id, film_id, person_id, role, position) values (99, 1, 1, 'ACTOR', 1);\n",
        )
        .await;
        let place = first.rows[1].0.clone();
        let after = Window { after: Some(place.clone()), ..Window::first(9) };
        assert_eq!(ids(&list::pages(&reader, &list, Some(&[1]), &after).await.expect("read")[&1]), [13, 14]);
        let before = Window { before: Some(place.clone()), backwards: true, ..Window::first(9) };
        assert_eq!(ids(&list::pages(&reader, &list, Some(&[1]), &before).await.expect("read")[&1]), [99, 11]);
        // Gone itself, it leaves the place where it was.
        run(&services, "delete from credit where id = 12;\n").await;
        assert_eq!(ids(&list::pages(&reader, &list, Some(&[1]), &after).await.expect("read")[&1]), [13, 14]);
    })
    .await;
}

#[tokio::test]
async fn counts_and_what_lies_beyond_are_told_for_many_parents() {
    on_each_database(|services| async move {
        film_graph(&services, 5).await;
        let reader = reader(&services);
        let list = CreditList { of: CreditsOf::Film, roles: None };
        let counts = list::counts(&reader, &list, Some(&[1, 2, 77])).await.expect("read");
        assert_eq!(counts, HashMap::from([(1, 4), (2, 4)]));
        let all = list::counts(&reader, &films(FilmOrderField::Title, false), None).await.expect("read");
        assert_eq!(all, HashMap::from([(0, 5)]));
        let pages = list::pages(&reader, &list, Some(&[1]), &Window::first(1)).await.expect("read");
        let first = pages[&1].rows[0].0.clone();
        let up_to = list::beyond(&reader, &list, Some(&[1, 77]), &Side::UpTo(first.clone())).await.expect("read");
        assert_eq!(up_to, [1], "the first itself");
        let before = list::Position { id: 0, ..first };
        assert!(list::beyond(&reader, &list, Some(&[1]), &Side::UpTo(before)).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn filters_keep_what_they_name() {
    on_each_database(|services| async move {
        film_graph(&services, 12).await;
        let reader = reader(&services);
        let count = async |filter| {
            let list = FilmList { filter, ..films(FilmOrderField::Title, false) };
            list::counts(&reader, &list, None).await.expect("read").get(&0).copied().unwrap_or_default()
        };
        let none = FilmFilter::default;
        assert_eq!(count(FilmFilter { title: Some("The FÍLM 1".to_owned()), ..none() }).await, 3);
        assert_eq!(count(FilmFilter { title: Some("%".to_owned()), ..none() }).await, 0);
        assert_eq!(count(FilmFilter { year_from: Some(2_002), year_to: Some(2_005), ..none() }).await, 3);
        assert_eq!(count(FilmFilter { genre: Some("THRILLER".to_owned()), ..none() }).await, 12);
        assert_eq!(count(FilmFilter { genre: Some("Thrill".to_owned()), ..none() }).await, 0);
        assert_eq!(count(FilmFilter { directed_by: Some(vec![5, 6]), ..none() }).await, 2);
        assert_eq!(count(FilmFilter { starring: Some(vec![7]), ..none() }).await, 3);
        assert_eq!(count(FilmFilter { starring: Some(vec![1]), ..none() }).await, 0, "a critic");
        assert_eq!(count(FilmFilter { reviewed_by: Some(vec![2]), ..none() }).await, 9);
        let score = FilmFilter { score_from: Some(list::Real(10.0)), ..none() };
        assert_eq!(count(score).await, 10);
        let reviews =
            |filter| ReviewList { of: ReviewsOf::All, filter, field: ReviewOrderField::PublishedOn, descending: true };
        let filter = ReviewFilter {
            critic: Some(vec![1, 2]),
            outlet: Some(vec![1]),
            language: Some(vec!["en".to_owned()]),
            published_from: Some("2024-01-02".to_owned()),
            published_to: Some("2024-01-03".to_owned()),
            score_from: Some(list::Real(60.0)),
            score_to: Some(list::Real(60.0)),
        };
        let found = page(&reader, &reviews(filter), &Window::first(100)).await;
        assert!(!found.rows.is_empty());
        for (_, review) in &found.rows {
            assert!(matches!(review.critic_id, Some(1 | 2)) && review.score == Some(60.0), "{review:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_their_name_or_in_another_order() {
    on_each_database(|services| async move {
        film_graph(&services, 3).await;
        let reader = reader(&services);
        let count = async |name: &str, roles| {
            let list = PersonList { name: Some(name.to_owned()), roles };
            list::counts(&reader, &list, None).await.expect("read").get(&0).copied().unwrap_or_default()
        };
        assert_eq!(count("CRITIC ver", None).await, 4);
        assert_eq!(count("Oakes 005, Player", None).await, 1);
        assert_eq!(count("Oakes", None).await, 0);
        assert_eq!(count("Player", Some(vec![entity::CreditRole::Director])).await, 3);
    })
    .await;
}

#[tokio::test]
async fn generosity_is_the_mean_difference_from_the_other_critics() {
    on_each_database(|services| async move {
        film_graph(&services, 1).await;
        let reader = reader(&services);
        // Film 1: critics 3, 4 and 1 gave 40, 60 and 80.
        let found = generosity(&reader, &[1, 2, 3, 4]).await.expect("read");
        let close = |critic: i64, wanted: f64| (found[&critic] - wanted).abs() < 1e-9;
        assert!(close(3, 40.0 - 70.0) && close(4, 0.0) && close(1, 80.0 - 50.0), "{found:?}");
        assert!(!found.contains_key(&2), "wrote nothing");
        // The same critic once more: their own score is not one of the others'.
        run(&services, "update review set critic_id = 3 where critic_id = 4;\n").await;
        let found = generosity(&reader, &[3]).await.expect("read");
        assert!((found[&3] - (50.0 - 80.0)).abs() < 1e-9, "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn the_people_that_claims_are_about_are_found_by_their_printed_names() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        run(&services, "update claim set subject = 'P. Oakes' where id = 122;\n").await;
        let reader = reader(&services);
        let key = |claim_id, subject: &str| SubjectKey { claim_id, subject: subject.to_owned() };
        let keys = [key(112, "Oakes 005 Player"), key(122, "P. Oakes"), key(212, "Nobody")];
        let found = claim::subjects(&reader, &keys).await.expect("read");
        assert_eq!(found, HashMap::from([(keys[0].clone(), 5), (keys[1].clone(), 5)]));
    })
    .await;
}

#[tokio::test]
async fn long_texts_captions_and_redirects_are_read() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        let reader = reader(&services);
        let key = TextKey { review_id: 11, text: Text::Page };
        let texts = review::texts(&reader, &[key]).await.expect("read");
        assert_eq!(texts[&key].as_ref(), super::seed::PAGE_TEXT);
        // A caption that names somebody twice is one caption.
        run(&services, "insert into depiction (caption_id, position, name, person_id) values (11, 3, 'Oakes', 5);\n")
            .await;
        let captions = list::pages(&reader, &CaptionsOf::Person, Some(&[5]), &Window::first(9)).await.expect("read");
        assert_eq!(captions[&5].rows.len(), 3);
        assert_eq!(reader.redirects(Redirect::Film, &[9001, 1]).await.expect("read"), HashMap::from([(9001, 1)]));
        assert_eq!(reader.redirects(Redirect::Person, &[9002]).await.expect("read"), HashMap::from([(9002, 5)]));
        let url = review::at_url(&reader, "https://harbour.example/21").await.expect("read");
        assert_eq!(url.map(|review| review.id), Some(21));
    })
    .await;
}
