-- The shop whose plans are in this folder: loaded by scripts/plans, for psql, on PostgreSQL 14 to 18.
-- Every value comes from a row's number, so that plans change only when a server does. Statistics are
-- taken once at the end, and autovacuum stays away, so what is stale remains stale.
set client_min_messages = warning;
set synchronous_commit = off;
create extension postgres_fdw;
create extension tsm_system_rows;
create extension pg_trgm;

create table customers (
  id integer primary key,
  email text not null unique,
  country text not null,            -- skewed: nine of ten are in DE
  city text not null,               -- decided by the country
  "お名前" text not null,
  created_at timestamptz not null,
  profile jsonb not null
) with (autovacuum_enabled = off);
insert into customers
select i, 'customer' || i || '@example.com', c.country, c.country || '-' || i % 5, '顧客' || i,
  timestamptz '2024-01-01 00:00+00' + i * interval '17 minutes',
  jsonb_build_object('age', 18 + i % 60, 'tags', jsonb_build_array('t' || i % 7, 't' || i % 11))
from generate_series(1, 20000) i,
  lateral (select case when i % 10 > 0 then 'DE' else (array['FR','JP','US','BR'])[1 + i / 10 % 4] end) c(country);
create index customers_city on customers (country, city);
create index customers_profile on customers using gin (profile);
create index customers_email_trigrams on customers using gin (email gin_trgm_ops);

create table products (
  id integer primary key,
  name text not null,
  category_id integer not null,
  price numeric(10, 2) not null
) with (autovacuum_enabled = off);
insert into products select i, 'product ' || i, i % 300 + 1, (i % 97) + 0.99 from generate_series(1, 2000) i;

create table categories (id integer primary key, parent_id integer references categories);
insert into categories select i, nullif(i / 3, 0) from generate_series(1, 300) i;

create table orders (
  id integer primary key,
  customer_id integer not null references customers,
  status text not null,             -- skewed: 1 in 1000 is open
  placed_at timestamptz not null,   -- in the order of the rows
  code text not null,               -- a number as text
  total numeric(10, 2) not null
) with (autovacuum_enabled = off);
insert into orders
select i, 1 + i * 7919 % 20000, case when i % 1000 = 0 then 'open' when i % 20 = 0 then 'sent' else 'done' end,
  timestamptz '2025-01-01 00:00+00' + i * interval '2 minutes', (100000 + i)::text, i % 500 + 0.5
from generate_series(1, 200000) i;
create index orders_customer on orders (customer_id);
create index orders_placed on orders (placed_at);
create index orders_code on orders (code);
create index orders_placed_brin on orders using brin (placed_at) with (pages_per_range = 16);

create table order_lines (
  order_id integer not null references orders on delete cascade,
  line smallint not null,
  product_id integer not null references products,
  quantity integer not null,
  primary key (order_id, line)
) with (autovacuum_enabled = off);
insert into order_lines
select 1 + i / 2, 1 + i % 2, 1 + i * 31 % 2000, 1 + i % 9 from generate_series(0, 299999) i;

-- References orders without an index on the column.
create table shipments (
  id integer primary key,
  order_id integer references orders on delete cascade,
  carrier text not null,
  weight integer not null
) with (autovacuum_enabled = off);
insert into shipments select i, 1 + i * 17 % 200000, 'carrier ' || i % 4, i % 300 from generate_series(1, 60000) i;

create table events (
  id bigint not null,
  at timestamptz not null,
  customer_id integer not null,
  kind text not null
) partition by range (at);
select format($$create table events_%s partition of events for values from (%L) to (%L)
  with (autovacuum_enabled = off)$$, to_char(month, 'YYYY_MM'), month, month + interval '1 month')
from generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') month \gexec
insert into events
select i, timestamptz '2025-01-01 00:00+00' + i % 365 * interval '1 day', 1 + i % 20000, 'kind' || i % 6
from generate_series(1, 120000) i;
create index events_customer on events (customer_id);
create index events_at on events (at);

-- Two tables cut alike, for joins part by part.
create table stock (product_id integer, place integer, pieces integer) partition by hash (product_id);
create table demand (product_id integer, week integer, pieces integer) partition by hash (product_id);
select format('create table %1$s_%2$s partition of %1$s for values with (modulus 4, remainder %2$s)', name, part)
from unnest(array['stock', 'demand']) name, generate_series(0, 3) part \gexec
insert into stock select 1 + i % 2000, i % 10, i % 40 from generate_series(1, 20000) i;
insert into demand select 1 + i % 2000, i % 52, i % 9 from generate_series(1, 20000) i;

-- Values of 24 kB, kept out of line.
create table documents (id integer primary key, body text not null);
alter table documents alter body set storage external;
insert into documents
select i, (select string_agg(md5((i * 1000 + j)::text), '') from generate_series(1, 750) j)
from generate_series(1, 400) i;

-- Analysed when it had 100 rows.
create table visits (id integer primary key, customer_id integer, page text) with (autovacuum_enabled = off);
create index visits_customer on visits (customer_id);
insert into visits select i, i, 'page' || i % 3 from generate_series(1, 100) i;
analyze visits;
insert into visits select i, i % 50, 'page' || i % 3 from generate_series(101, 60000) i;

-- Nine of ten rows are dead, and no vacuum came.
create table carts (id integer primary key, customer_id integer, filler text) with (autovacuum_enabled = off);
insert into carts select i, i % 20000, repeat('x', 80) from generate_series(1, 60000) i;
create index carts_customer on carts (customer_id);

-- Never analysed.
create table imports (id integer, payload text) with (autovacuum_enabled = off);
insert into imports select i, md5(i::text) from generate_series(1, 50000) i;

create table "; DROP" ("select" integer primary key, "a b" text);
insert into "; DROP" select i, '; DROP TABLE orders; --' from generate_series(1, 2000) i;

create table audit (id integer, what text, old_total numeric, new_total numeric);
create sequence tickets;

create function log_order() returns trigger language plpgsql as $$
begin
  insert into audit values (new.id, tg_op, old.total, new.total);
  return new;
end $$;
create trigger order_logged after update on orders for each row execute function log_order();

create function count_shipments() returns trigger language plpgsql as $$
begin
  insert into audit select null, 'shipments', count(*), sum(changed.weight) from changed;
  return null;
end $$;
create trigger shipments_counted after insert on shipments referencing new table as changed
  for each statement execute function count_shipments();

create function take_ticket(reason text) returns bigint language plpgsql volatile as $$
begin
  insert into audit (what) values (reason);
  return nextval('tickets');
end $$;
create function orders_of(who integer) returns setof orders language plpgsql stable as
  $$ begin return query select * from orders where customer_id = who; end $$;
create function slow_label(amount numeric) returns text language plpgsql stable as
  $$ begin return 'amount ' || amount; end $$;

create server same foreign data wrapper postgres_fdw;
select format('alter server same options (add host %L, add port %L, add dbname %L)',
  split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port'), current_database()) \gexec
create user mapping for current_user server same options (user 'mydba');
create foreign table remote_orders (id integer, customer_id integer, status text, total numeric)
  server same options (table_name 'orders');
create foreign table remote_products (id integer, name text, category_id integer, price numeric)
  server same options (table_name 'products');

vacuum (freeze) customers, products, orders, order_lines, shipments, carts;
delete from carts where id % 10 > 0;
analyze customers, products, categories, orders, order_lines, shipments, events, stock, demand, documents, carts, "; DROP";
