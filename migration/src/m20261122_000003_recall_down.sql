drop index review_film_url;
alter table submission drop column reextract;
