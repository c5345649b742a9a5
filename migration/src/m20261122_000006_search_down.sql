drop table search_document;
drop table search_due;
drop table search_name;
