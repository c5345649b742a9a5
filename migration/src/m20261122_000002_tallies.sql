-- What reviews add up to. A store adds or subtracts one review here and reads nothing else of the film's other reviews, so
-- that its cost follows what is said, not how often. Rows at zero are deleted.
drop table review_key;
-- What tells a film from others (titles, year, directors, external ids), as reviews put it: a row for each way of putting it.
-- All reviews of one signature are of one film.
create table signature (
    id $ID,
    digest text not null unique,
    document text not null,
    film_id bigint references film,
    -- The film that the signature belonged to before that one was merged: what a film takes back when it parts again.
    home_film_id bigint,
    reviews integer not null
);
create index signature_film on signature (film_id);
-- A key by which the signatures of one film find each other: a folded title, or an external id.
create table signature_key (
    "key" $KEY not null,
    signature_id bigint not null references signature,
    primary key (key, signature_id)
);
create index signature_key_signature on signature_key (signature_id);
-- One thing that is said of a film, and by how many independent reviews. A row with an empty value_key counts the reviews that
-- say anything of the field. What follows below `reviews` is resolved: the fact that it is a value of, if any, and the
-- printed form. The chosen row of a fact says how many reviews state the fact, and how many of them agree.
create table statement (
    id $ID,
    film_id bigint not null references film,
    field text not null,
    subject_key $KEY not null,
    value_key $KEY not null,
    reviews integer not null,
    value text not null,
    member_key $KEY,
    group_key $KEY,
    chosen boolean not null,
    "position" integer not null,
    agreeing integer not null,
    stating integer not null,
    unique (film_id, field, subject_key, value_key)
);
create index statement_fact on statement (film_id, position) where chosen;
-- In which words, and in what place of the page, a statement is made. Each review counts once for a statement, where it makes
-- it best.
create table tally (
    statement_id bigint not null references statement,
    subject $KEY not null,
    value $KEY not null,
    "source" text not null,
    -- Whether the page as a whole says so: the others are its slips and alternatives.
    chosen boolean not null,
    reviews integer not null,
    -- Of these, how many name the person at a place in a credit block, and the sum of the places.
    billed integer not null,
    billing_sum bigint not null,
    primary key (statement_id, subject, value, source, chosen)
);
-- How many independent reviews give a film this very score.
create table film_score (
    film_id bigint not null references film,
    score $REAL not null,
    reviews integer not null,
    primary key (film_id, score)
);
-- An identity at a database that a film's reviews give to one of its people.
create table film_person_id (
    film_id bigint not null references film,
    group_key $KEY not null,
    external_id $KEY not null,
    primary key (film_id, group_key, external_id)
);
create index film_person_id_external on film_person_id (external_id);
-- A name in the captions of a film's pictures, and whom it stands for.
create table caption_name (
    film_id bigint not null references film,
    name_key $KEY not null,
    depictions integer not null,
    person_id bigint references person,
    primary key (film_id, name_key)
);
create index caption_name_person on caption_name (person_id);
-- A critic as pages of one outlet present them.
create table byline (
    id $ID,
    critic_key $KEY not null,
    outlet_id bigint not null references outlet,
    digest text not null,
    "name" text not null,
    website text,
    bio text,
    person_id bigint references person,
    home_person_id bigint,
    -- Reviews that bear it, and those of them that are independent.
    reviews integer not null,
    counted integer not null,
    unique (critic_key, outlet_id, digest)
);
create index byline_website on byline (critic_key, website);
create index byline_person on byline (person_id);
-- How many independent reviews under a byline give this very score.
create table byline_score (
    byline_id bigint not null references byline,
    score $REAL not null,
    reviews integer not null,
    primary key (byline_id, score)
);
-- What an outlet's pages call it.
create table outlet_name (
    outlet_id bigint not null references outlet,
    "name" $KEY not null,
    reviews integer not null,
    primary key (outlet_id, name)
);
-- A copy prints the text of another review. It stays linked to its film and is counted nowhere.
alter table review add column copy_of bigint references review;
create index review_copy_of on review (copy_of) where copy_of is not null;
-- Whether the review's statements and score are in the tallies now.
alter table review add column counted boolean not null default false;
create index review_uncounted on review (id) where not counted and copy_of is null;
alter table review add column signature_id bigint references signature;
create index review_signature on review (signature_id, id);
alter table review add column byline_id bigint references byline;
create index review_byline on review (byline_id, id);
drop index review_critic_key;
alter table claim add column statement_id bigint references statement;
create index claim_statement on claim (statement_id, id);
alter table depiction add column name_key $KEY not null default '';
create index depiction_name on depiction (name_key, caption_id);
alter table film_name add column home_person_id bigint;
create index film_name_group on film_name (film_id, group_key);
-- Reviews are counted from now on: those that are there come in when their kept pages are read again, which the sweeper
-- sees to. Until then their films say what they said.
update film set review_count = 0;
