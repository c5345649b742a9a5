-- Whether workers take anything new: one row, which every claim reads and pausing writes, so that a pause holds for the whole
-- fleet from the moment that it is answered, and over restarts.
create table queue (
    id integer primary key check (id = 1),
    paused boolean not null
);
insert into queue (id, paused) values (1, false);
