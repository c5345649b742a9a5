-- A part of the MinHash of a review's text. Reviews that share one may print the same text; by address, so that a review
-- finds those that stand near it.
create table text_band (
    band bigint not null,
    url $KEY not null,
    review_id bigint not null references review,
    primary key (band, url)
);
create index text_band_review on text_band (review_id);
-- A group of reviews that print one text is its original and the copies that point to it.
create index review_group on review (coalesce(copy_of, id));
