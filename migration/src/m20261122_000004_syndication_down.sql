drop index review_group;
drop table text_band;
