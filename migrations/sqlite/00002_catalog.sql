-- The tables of the catalog, for SQLite: what people say, and of what.
-- The postgres folder has the same tables under the same names; package
-- migrations says what the columns have in common.

-- +goose Up

-- One row for each entity of which something was ever said; document is the
-- definition, for the kinds that people make, and null for all others.
create table entity (
	entity blob primary key,
	name blob,
	document blob,
	version integer not null,
	created_at integer not null,
	created_by blob not null,
	updated_at integer not null,
	updated_by blob not null
) strict;

create table annotation (
	entity blob not null,
	part text not null,
	item blob not null,
	source text not null,
	named_set blob not null,
	entity_name blob,
	item_name blob,
	set_name blob,
	value blob not null,
	by blob not null,
	at integer not null,
	primary key (entity, part, item, source, named_set)
) strict;

create table tag_definition (
	tag blob primary key,
	name blob,
	document blob not null
) strict;

create table business_metadata_definition (
	definition blob primary key,
	name blob,
	document blob not null
) strict;

-- The revision of a version's registration, 0 for those before this column.
alter table version add column rev integer not null default 0;

-- What became of one key, and of the associations. Registrations are most of
-- the log and stand in neither: a commit pays nothing for them.
create index change_key on change (key_hash, rev) where kind <> 'version.put';
create index change_association on change (rev) where kind in ('association.put', 'association.delete');
