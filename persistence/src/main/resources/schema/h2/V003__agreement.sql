-- What all nodes of this store must have in common, such as the fingerprint of their secret.
create table if not exists agreement (
    name varchar(64) not null,
    word varchar(255) not null,
    primary key (name)
);
