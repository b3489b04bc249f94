-- Which node goes on when two lose sight of each other. until: epoch milliseconds by the clock of the database.
create table lease (
    name varchar(255) not null,
    owner varchar(255) not null,
    until bigint not null,
    primary key (name)
);
