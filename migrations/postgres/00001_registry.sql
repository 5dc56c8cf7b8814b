-- The tables of the store, the change log and the registry, for PostgreSQL.
-- The sqlite folder has the same tables under the same names; package
-- migrations says what the columns have in common.

-- +goose Up

-- What SQLite calls instr for bytes, so that one text serves both engines.
-- +goose StatementBegin
create function instr(whole bytea, part bytea) returns integer
	language sql immutable parallel safe
	return position(part in whole);
-- +goose StatementEnd

create table meta (
	name text primary key,
	value text not null
);

-- One row that is locked by every commit and never updated: a row updated per
-- commit grows a chain of dead versions while an old snapshot is open.
create table commit_lock (
	id integer primary key check (id = 1)
);
insert into commit_lock (id) values (1);

create table change (
	rev bigint not null,
	ordinal integer not null,
	at bigint not null,
	command bytea not null,
	actor bytea not null,
	client bytea not null,
	address bytea not null,
	request bytea not null,
	kind text not null,
	key bytea not null,
	key_hash bytea not null,
	touch_hash bytea,
	before bytea not null,
	after bytea not null,
	number bigint not null,
	digest bytea not null,
	primary key (rev, ordinal)
);

create table lease (
	name text primary key,
	holder text not null,
	fence bigint not null,
	until bigint not null
);

create table context (
	context bytea primary key,
	name bytea,
	listed boolean not null
);
insert into context (context, name, listed) values ('\x2e', null, true);

-- Rows of some kilobytes stay whole and plain: a node that starts reads all of
-- them, and unpacking would cost it more than the reading.
create table schema (
	context bytea not null,
	id integer not null,
	guid bytea not null,
	identity bytea not null,
	type text not null,
	text bytea not null,
	refs bytea not null,
	metadata bytea not null,
	ruleset bytea not null,
	outline bytea not null,
	held_subject bytea,
	held_version integer,
	primary key (context, id)
) with (toast_tuple_target = 8160);
create index schema_identity on schema (identity, context);

create table reference (
	context bytea not null,
	id integer not null,
	ordinal integer not null,
	name bytea not null,
	to_context bytea not null,
	to_subject bytea not null,
	to_version integer not null,
	primary key (context, id, ordinal)
);
create index reference_to on reference (to_context, to_subject, to_version);

create table version (
	context bytea not null,
	subject bytea not null,
	version integer not null,
	name bytea,
	schema_id integer not null,
	deleted boolean not null,
	at bigint not null,
	by bytea not null,
	client bytea not null,
	primary key (context, subject, version)
);
create index version_schema on version (context, schema_id);

create table id_mark (
	context bytea not null,
	highest integer not null,
	primary key (context, highest)
);

create table setting (
	kind text not null,
	context bytea not null,
	subject bytea not null,
	name bytea,
	value bytea not null,
	primary key (kind, context, subject)
);

create table association (
	guid text primary key,
	context bytea not null,
	subject bytea not null,
	resource_name bytea not null,
	resource_namespace bytea not null,
	resource_id bytea not null,
	resource_type bytea not null,
	association_type bytea not null,
	lifecycle bytea not null,
	frozen boolean not null,
	create_at bigint not null,
	update_at bigint not null
);

create table kek (
	kek bytea primary key,
	name bytea not null,
	deleted boolean not null,
	at bigint not null,
	document bytea not null
);

create table dek (
	kek bytea not null,
	context bytea not null,
	subject bytea not null,
	algorithm text not null,
	version integer not null,
	name bytea,
	deleted boolean not null,
	at bigint not null,
	document bytea not null,
	primary key (kek, context, subject, algorithm, version)
);

create table exporter (
	exporter bytea primary key,
	name bytea not null,
	document bytea not null,
	epoch bigint not null,
	fence bigint not null,
	state text not null,
	position bigint not null,
	at bigint not null,
	trace bytea not null
);
