-- The tables of the catalog, for PostgreSQL: what people say, and of what.
-- The sqlite folder has the same tables under the same names; package
-- migrations says what the columns have in common.

-- +goose Up

-- One row for each entity of which something was ever said; document is the
-- definition, for the kinds that people make, and null for all others.
create table entity (
	entity bytea primary key,
	name bytea,
	document bytea,
	version bigint not null,
	created_at bigint not null,
	created_by bytea not null,
	updated_at bigint not null,
	updated_by bytea not null
);

create table annotation (
	entity bytea not null,
	part text not null,
	item bytea not null,
	source text not null,
	named_set bytea not null,
	entity_name bytea,
	item_name bytea,
	set_name bytea,
	value bytea not null,
	by bytea not null,
	at bigint not null,
	primary key (entity, part, item, source, named_set)
);

create table tag_definition (
	tag bytea primary key,
	name bytea,
	document bytea not null
);

create table business_metadata_definition (
	definition bytea primary key,
	name bytea,
	document bytea not null
);

-- The revision of a version's registration, 0 for those before this column.
alter table version add column rev bigint not null default 0;

-- What became of one key, and of the associations. Registrations are most of
-- the log and stand in neither: a commit pays nothing for them.
create index change_key on change (key_hash, rev) where kind <> 'version.put';
create index change_association on change (rev) where kind in ('association.put', 'association.delete');
