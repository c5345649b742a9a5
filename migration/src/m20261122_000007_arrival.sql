-- A review's entry into the graph. Numbered from 1 without gaps in the order in which the graph's writers commit: who has
-- seen one number has seen all before it.
create table arrival (
    sequence bigint primary key,
    review_id bigint not null unique references review
);
insert into arrival (sequence, review_id) select row_number() over (order by id), id from review;
