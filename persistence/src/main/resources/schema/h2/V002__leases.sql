-- Which node goes on when two lose sight of each other. One node alone has nobody to lose sight of: it stays empty here.
create table if not exists lease (
    name varchar(255) not null,
    owner varchar(255) not null,
    until bigint not null,
    primary key (name)
);
