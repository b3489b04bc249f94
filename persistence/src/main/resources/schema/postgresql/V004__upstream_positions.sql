-- How far the upstream's own stream was read when this entry and all before it were written. New kind: 3 signed, by a
-- writer that took over.
alter table outbox add column source varchar(1024);
