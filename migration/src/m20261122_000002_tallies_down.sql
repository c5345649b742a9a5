drop index film_name_group;
alter table film_name drop column home_person_id;
drop index depiction_name;
alter table depiction drop column name_key;
drop index claim_statement;
alter table claim drop column statement_id;
drop index review_byline;
alter table review drop column byline_id;
drop index review_signature;
alter table review drop column signature_id;
drop index review_uncounted;
alter table review drop column counted;
drop index review_copy_of;
alter table review drop column copy_of;
drop table outlet_name;
drop table byline_score;
drop table byline;
drop table caption_name;
drop table film_person_id;
drop table film_score;
drop table tally;
drop table statement;
drop table signature_key;
drop table signature;
create table review_key (
    review_id bigint not null references review,
    "key" $KEY not null,
    primary key (review_id, key)
);
create index review_key_key on review_key (key, review_id);
create index review_critic_key on review (critic_key);
update film set review_count = (select count(*) from review where review.film_id = film.id);
