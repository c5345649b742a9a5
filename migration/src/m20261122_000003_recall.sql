-- Whether the kept page is to be read again instead of being fetched. Falls when the submission is finished.
alter table submission add column reextract boolean not null default false;
-- A film is printed with its reviews by address, and named by the first of them.
create index review_film_url on review (film_id, url$C);
