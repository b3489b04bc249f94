-- Sessions and other durable state, as pekko-persistence-jdbc wants it. States are small: no LOB storage.
create sequence if not exists global_offset_seq;
create table if not exists durable_state (
    global_offset bigint default next value for global_offset_seq,
    persistence_id varchar(255) not null,
    revision bigint not null,
    state_payload varbinary not null,
    state_serial_id integer not null,
    state_serial_manifest varchar(255),
    tag varchar,
    state_timestamp bigint not null,
    primary key (persistence_id)
);
create index if not exists state_tag_idx on durable_state (tag);
create index if not exists state_global_offset_idx on durable_state (global_offset);
create index if not exists state_timestamp_idx on durable_state (state_timestamp);

-- The journal and its snapshots.
create table if not exists event_journal (
    ordering bigint unique not null auto_increment,
    deleted boolean default false not null,
    persistence_id varchar(255) not null,
    sequence_number bigint not null,
    writer varchar not null,
    write_timestamp bigint not null,
    adapter_manifest varchar not null,
    event_payload blob not null,
    event_ser_id integer not null,
    event_ser_manifest varchar not null,
    meta_payload blob,
    meta_ser_id integer,
    meta_ser_manifest varchar,
    primary key (persistence_id, sequence_number)
);
create table if not exists event_tag (
    event_id bigint not null,
    tag varchar not null,
    primary key (event_id, tag),
    constraint fk_event_journal foreign key (event_id) references event_journal (ordering) on delete cascade
);
create table if not exists snapshot (
    persistence_id varchar(255) not null,
    sequence_number bigint not null,
    created bigint not null,
    snapshot_ser_id integer not null,
    snapshot_ser_manifest varchar not null,
    snapshot_payload blob not null,
    meta_ser_id integer,
    meta_ser_manifest varchar,
    meta_payload blob,
    primary key (persistence_id, sequence_number)
);

-- One row per entry of an outgoing stream. kind: 0 opened, 1 message, 2 closed. expires: epoch milliseconds.
create table if not exists outbox (
    session varchar(255) not null,
    stream varchar(255) not null,
    number bigint not null,
    kind smallint not null,
    data varbinary not null,
    expires bigint not null,
    primary key (session, stream, number)
);
create index if not exists outbox_expires_idx on outbox (expires);
