-- What is searched. A document is a film under all its titles, a person under all their names, or a review with its headline
-- and text; its id is the row's id times four, plus 1 for a film, 2 for a person, 3 for a review. The words themselves are
-- kept by each database's own means, in search_document.
-- The whole of a title or name, folded: what is found by exactly these words comes first.
create table search_name (
    "key" $KEY not null,
    id bigint not null,
    primary key (key, id)
);
create index search_name_id on search_name (id);
-- Documents whose rows changed since they were written. The triggers note them, whoever writes the rows; the transaction that
-- changed the rows writes the documents anew before it commits. The backlog is what was there before there was a search:
-- the sweeper works it off.
create table search_due (
    id bigint primary key,
    backlog boolean not null
);
create index search_due_now on search_due (id) where not backlog;
create index search_due_backlog on search_due (id) where backlog;
insert into search_due (id, backlog) select id * 4 + 1, true from film;
insert into search_due (id, backlog) select id * 4 + 2, true from person;
insert into search_due (id, backlog) select id * 4 + 3, true from review;
