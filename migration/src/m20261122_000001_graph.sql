-- A URL that somebody handed in, and what became of it. The truth about a piece of work: the queue only rings for it.
create table submission (
    id $ID,
    url text not null unique,
    requested_url text not null,
    state text not null check (state in ('QUEUED','FETCHING','EXTRACTING','RESOLVING','WAITING','SUCCEEDED','FAILED','CANCELLED')),
    outcome text check (outcome in ('CREATED','UPDATED','UNCHANGED','SYNDICATED_COPY','NOT_A_REVIEW','ROBOTS_DISALLOWED','BLOCKED_ADDRESS','BLOCKED_BY_SITE','PAYWALLED','GONE','UNSUPPORTED','TOO_LARGE','GAVE_UP','CANCELLED')),
    refetch boolean not null,
    attempts integer not null,
    failures integer not null,
    lost_leases integer not null,
    fence bigint not null,
    due_at bigint,
    lease_holder text,
    rung_at bigint,
    slot_at bigint,
    submitted_at bigint not null,
    requested_at bigint not null,
    finished_at bigint,
    review_id bigint,
    problem_code text,
    problem_message text,
    problem_retryable boolean,
    event_count integer not null,
    -- A submission that was accepted and is neither finished nor due must never exist.
    check ((finished_at is null) = (due_at is not null)),
    check ((finished_at is null) = (outcome is null)),
    check ((finished_at is null) = (state in ('QUEUED','FETCHING','EXTRACTING','RESOLVING','WAITING')))
);
create index submission_due on submission (due_at) where finished_at is null;
create index submission_review on submission (review_id);
create index submission_state on submission (state, id);
create index submission_rung on submission (rung_at) where rung_at is not null;
-- One change of a submission's state. Numbered from 1 without gaps.
create table submission_event (
    submission_id bigint not null references submission,
    sequence integer not null,
    "at" bigint not null,
    state text not null,
    message text not null,
    attempt integer not null,
    primary key (submission_id, sequence)
);
-- One attempt to fetch a page: what was asked of the site, and what it answered.
create table "fetch" (
    id $ID,
    submission_id bigint not null references submission,
    url text not null,
    redirects text not null,
    status integer,
    address text,
    robots_rule text,
    bytes_on_wire bigint,
    bytes_decoded bigint,
    duration_ms bigint not null,
    started_at bigint not null,
    problem_code text,
    problem_message text,
    problem_retryable boolean
);
create index fetch_submission on "fetch" (submission_id, id);
-- The bytes of a page, once for all snapshots that share them.
create table page_body (
    sha256 text primary key,
    content_zstd $BYTES not null,
    bytes_decoded bigint not null
);
-- A page as it was fetched once.
create table snapshot (
    id $ID,
    submission_id bigint not null references submission,
    sha256 text not null references page_body,
    url text not null,
    content_type text,
    etag text,
    last_modified text,
    fetched_at bigint not null
);
create index snapshot_submission on snapshot (submission_id, id);
-- What one version of the extractor read from one snapshot.
create table extraction (
    id $ID,
    snapshot_id bigint not null references snapshot,
    version integer not null,
    document text not null,
    extracted_at bigint not null,
    unique (snapshot_id, version)
);
-- A site or publication that reviews appear in.
create table outlet (
    id $ID,
    host text not null unique,
    "name" text not null
);
-- A film, as the claims of its reviews describe it, with what critics make of it.
create table film (
    id $ID,
    title text not null,
    original_title text,
    title_sort $KEY not null,
    year integer,
    release_date text,
    runtime_minutes integer,
    content_rating text,
    review_count integer not null,
    rated_count integer not null,
    score_sum $REAL not null,
    score_mean $REAL,
    score_median $REAL,
    score_spread $REAL,
    score_histogram text not null
);
create index film_title on film (title_sort, id);
create index film_year_ascending on film (coalesce(year, 100000), id);
create index film_year_descending on film (coalesce(year, -100000) desc, id desc);
create index film_score_ascending on film (coalesce(score_mean, 1000), id);
create index film_score_descending on film (coalesce(score_mean, -1) desc, id desc);
create index film_review_count on film (review_count, id);
-- An id that was merged into a film. It still resolves.
create table film_redirect (
    former_id bigint primary key,
    film_id bigint not null references film
);
create index film_redirect_film on film_redirect (film_id);
-- A genre of a film.
create table film_genre (
    film_id bigint not null references film,
    "position" integer not null,
    "name" text not null,
    name_key $KEY not null,
    primary key (film_id, position)
);
create index film_genre_name on film_genre (name_key, film_id);
-- A name by which a film's reviews call somebody who made it: what people are joined by across films.
create table film_name (
    film_id bigint not null references film,
    name_key $KEY not null,
    group_key $KEY not null,
    "name" text not null,
    mentions integer not null,
    person_id bigint not null,
    primary key (film_id, name_key)
);
create index film_name_key on film_name (name_key);
create index film_name_person on film_name (person_id);
-- A film's identity at a film database.
create table film_external_id (
    film_id bigint not null references film,
    "source" text not null,
    value text not null,
    primary key (film_id, source, value)
);
-- Somebody who made films, or wrote about them.
create table person (
    id $ID,
    "name" text not null,
    name_key $KEY not null,
    name_sort $KEY not null,
    critic boolean not null
);
create index person_name_key on person (name_key, critic);
create index person_name_sort on person (name_sort, id);
-- An id that was merged into a person. It still resolves.
create table person_redirect (
    former_id bigint primary key,
    person_id bigint not null references person
);
create index person_redirect_person on person_redirect (person_id);
-- A spelling or order of a person's name that is not the displayed one.
create table person_other_name (
    person_id bigint not null references person,
    "name" $KEY not null,
    primary key (person_id, name)
);
-- A person's identity at a film database.
create table person_external_id (
    person_id bigint not null references person,
    "source" text not null,
    value text not null,
    primary key (person_id, source, value)
);
-- What is known of somebody who writes reviews.
create table critic_profile (
    person_id bigint primary key references person,
    bio text,
    website text,
    review_count integer not null,
    score_count integer not null,
    score_sum $REAL not null
);
-- An outlet that a critic writes for.
create table critic_outlet (
    person_id bigint not null references person,
    outlet_id bigint not null references outlet,
    primary key (person_id, outlet_id)
);
-- Who did what on a film.
create table credit (
    id $ID,
    film_id bigint not null references film,
    person_id bigint not null references person,
    role text not null check (role in ('ACTOR','DIRECTOR','WRITER','PRODUCER','CINEMATOGRAPHER','EDITOR','COMPOSER')),
    "character" text,
    billing integer,
    "position" integer not null,
    unique (film_id, person_id, role)
);
create index credit_film on credit (film_id, position, id);
create index credit_person on credit (person_id, film_id);
-- One critic's review of one film at one address.
create table review (
    id $ID,
    url text not null unique,
    submission_id bigint not null references submission,
    extraction_id bigint not null references extraction,
    film_id bigint not null references film,
    critic_id bigint references person,
    outlet_id bigint not null references outlet,
    headline text not null,
    dek text,
    published_on text,
    language text,
    rating_as_printed text,
    rating_value $REAL,
    rating_best $REAL,
    rating_scale text,
    score $REAL,
    score_low $REAL,
    score_high $REAL,
    body text not null,
    page_text text not null,
    word_count integer not null,
    critic_name text,
    critic_key $KEY,
    critic_bio text,
    critic_website text,
    outlet_name text,
    submitted_at bigint not null
);
create index review_film on review (film_id, id);
create index review_critic on review (critic_id, id);
create index review_outlet on review (outlet_id, id);
create index review_critic_key on review (critic_key);
create index review_published_ascending on review (coalesce(published_on, '9999-99-99')$C, id);
create index review_published_descending on review (coalesce(published_on, '')$C desc, id desc);
create index review_score_ascending on review (coalesce(score, 1000), id);
create index review_score_descending on review (coalesce(score, -1) desc, id desc);
create index review_submitted on review (submitted_at, id);
-- A key by which reviews of one film find each other: a folded title, or an external id.
create table review_key (
    review_id bigint not null references review,
    "key" $KEY not null,
    primary key (review_id, key)
);
create index review_key_key on review_key (key, review_id);
-- One review saying one thing. Never edited: a newer extraction replaces all of its review's claims.
create table claim (
    id $ID,
    review_id bigint not null references review,
    field text not null,
    subject text,
    value text not null,
    "source" text not null,
    quote_start integer,
    quote_end integer,
    chosen boolean not null,
    billing integer
);
create index claim_review on claim (review_id, id);
-- A picture's caption in a review.
create table caption (
    id $ID,
    review_id bigint not null references review,
    film_id bigint not null references film,
    "position" integer not null,
    text text not null,
    credit text,
    image_url text,
    unique (review_id, position)
);
create index caption_film on caption (film_id, id);
-- A person in a picture.
create table depiction (
    caption_id bigint not null references caption,
    "position" integer not null,
    "name" text not null,
    person_id bigint references person,
    "character" text,
    place text,
    primary key (caption_id, position)
);
create index depiction_person on depiction (person_id, caption_id);
-- When a site may be asked next, across the whole fleet.
create table host (
    "name" text primary key,
    next_slot_at bigint not null,
    submission_id bigint,
    busy_until bigint
);
-- A duty that one process at a time may hold.
create table lease (
    "name" text primary key,
    holder text not null,
    "until" bigint not null
);
