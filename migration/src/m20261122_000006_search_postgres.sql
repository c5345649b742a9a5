-- The words of names and headlines are among all words too: the hits in them are found without reading long texts. They are
-- columns apart, because the planner knows how many have a word, and not how many of these are films.
create table search_document (
    id bigint primary key,
    names tsvector not null,
    headline tsvector not null,
    words tsvector not null
);
create index search_document_names on search_document using gin (names);
create index search_document_headline on search_document using gin (headline);
create index search_document_words on search_document using gin (words);
create function search_row_changed() returns trigger language plpgsql as $$ begin insert into search_due (id, backlog) values (coalesce(new.id, old.id) * 4 + tg_argv[0]::bigint, false) on conflict (id) do update set backlog = false; return null; end $$;
create function search_title_changed() returns trigger language plpgsql as $$ begin insert into search_due (id, backlog) values (coalesce(new.film_id, old.film_id) * 4 + 1, false) on conflict (id) do update set backlog = false; return null; end $$;
create function search_other_name_changed() returns trigger language plpgsql as $$ begin insert into search_due (id, backlog) values (coalesce(new.person_id, old.person_id) * 4 + 2, false) on conflict (id) do update set backlog = false; return null; end $$;
create trigger search_film_made after insert on film for each row execute function search_row_changed(1);
create trigger search_film_changed after update of "title", "original_title" on film for each row when (old."title" is distinct from new."title" or old."original_title" is distinct from new."original_title") execute function search_row_changed(1);
create trigger search_film_gone after delete on film for each row execute function search_row_changed(1);
create trigger search_statement_made after insert on statement for each row when (new.field in ('TITLE', 'ORIGINAL_TITLE')) execute function search_title_changed();
create trigger search_statement_changed after update of "value" on statement for each row when (new.field in ('TITLE', 'ORIGINAL_TITLE') and old."value" is distinct from new."value") execute function search_title_changed();
create trigger search_statement_gone after delete on statement for each row when (old.field in ('TITLE', 'ORIGINAL_TITLE')) execute function search_title_changed();
create trigger search_person_made after insert on person for each row execute function search_row_changed(2);
create trigger search_person_changed after update of "name" on person for each row when (old."name" is distinct from new."name") execute function search_row_changed(2);
create trigger search_person_gone after delete on person for each row execute function search_row_changed(2);
create trigger search_person_other_name_made after insert on person_other_name for each row execute function search_other_name_changed();
create trigger search_person_other_name_gone after delete on person_other_name for each row execute function search_other_name_changed();
create trigger search_review_made after insert on review for each row execute function search_row_changed(3);
create trigger search_review_changed after update of "headline", "dek", "body" on review for each row when (old."headline" is distinct from new."headline" or old."dek" is distinct from new."dek" or old."body" is distinct from new."body") execute function search_row_changed(3);
create trigger search_review_gone after delete on review for each row execute function search_row_changed(3);
