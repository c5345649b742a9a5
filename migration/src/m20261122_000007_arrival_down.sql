drop table arrival;
