-- The tables of the store, the change log and the registry, for SQLite.
-- The postgres folder has the same tables under the same names; package
-- migrations says what the columns have in common.

-- +goose Up

create table meta (
	name text primary key,
	value text not null
) strict;

-- SQLite has one writer at a time anyway; the table is here so that the two
-- engines have the same names.
create table commit_lock (
	id integer primary key check (id = 1)
) strict;
insert into commit_lock (id) values (1);

create table change (
	rev integer not null,
	ordinal integer not null,
	at integer not null,
	command blob not null,
	actor blob not null,
	client blob not null,
	address blob not null,
	request blob not null,
	kind text not null,
	key blob not null,
	key_hash blob not null,
	touch_hash blob,
	before blob not null,
	after blob not null,
	number integer not null,
	digest blob not null,
	primary key (rev, ordinal)
) strict, without rowid;

create table lease (
	name text primary key,
	holder text not null,
	fence integer not null,
	until integer not null
) strict;

create table context (
	context blob primary key,
	name blob,
	listed integer not null
) strict;
insert into context (context, name, listed) values (x'2e', null, true);

create table schema (
	context blob not null,
	id integer not null constraint schema_id_range check (id between -2147483648 and 2147483647),
	guid blob not null,
	identity blob not null,
	type text not null,
	text blob not null,
	refs blob not null,
	metadata blob not null,
	ruleset blob not null,
	outline blob not null,
	held_subject blob,
	held_version integer,
	primary key (context, id)
) strict;
create index schema_identity on schema (identity, context);

create table reference (
	context blob not null,
	id integer not null,
	ordinal integer not null,
	name blob not null,
	to_context blob not null,
	to_subject blob not null,
	to_version integer not null,
	primary key (context, id, ordinal)
) strict, without rowid;
create index reference_to on reference (to_context, to_subject, to_version);

create table version (
	context blob not null,
	subject blob not null,
	version integer not null,
	name blob,
	schema_id integer not null,
	deleted integer not null,
	at integer not null,
	by blob not null,
	client blob not null,
	primary key (context, subject, version)
) strict, without rowid;
create index version_schema on version (context, schema_id);

create table id_mark (
	context blob not null,
	highest integer not null,
	primary key (context, highest)
) strict, without rowid;

create table setting (
	kind text not null,
	context blob not null,
	subject blob not null,
	name blob,
	value blob not null,
	primary key (kind, context, subject)
) strict, without rowid;

create table association (
	guid text primary key,
	context blob not null,
	subject blob not null,
	resource_name blob not null,
	resource_namespace blob not null,
	resource_id blob not null,
	resource_type blob not null,
	association_type blob not null,
	lifecycle blob not null,
	frozen integer not null,
	create_at integer not null,
	update_at integer not null
) strict;

create table kek (
	kek blob primary key,
	name blob not null,
	deleted integer not null,
	at integer not null,
	document blob not null
) strict;

create table dek (
	kek blob not null,
	context blob not null,
	subject blob not null,
	algorithm text not null,
	version integer not null,
	name blob,
	deleted integer not null,
	at integer not null,
	document blob not null,
	primary key (kek, context, subject, algorithm, version)
) strict;

create table exporter (
	exporter blob primary key,
	name blob not null,
	document blob not null,
	epoch integer not null,
	fence integer not null,
	state text not null,
	position integer not null,
	at integer not null,
	trace blob not null
) strict;
