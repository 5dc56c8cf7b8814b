package store

import (
	"context"

	"github.com/weir-registry/weir/lease"
)

var _ lease.Store = (*Store)(nil)

const acquireLease = `
insert into lease (name, holder, fence, until)
values ($1, $2, 1, $4)
on conflict (name) do update
set holder = excluded.holder, until = excluded.until,
	fence = lease.fence + case when lease.holder = excluded.holder and lease.until > $3 then 0 else 1 end
where lease.holder = excluded.holder or lease.until <= $3
returning fence`

// AcquireLease implements [lease.Store].
func (s *Store) AcquireLease(ctx context.Context, name, holder string, now, until int64) (fence int64, held bool, err error) {
	session := s.engine.session()
	defer session.close()
	err = run(ctx, session, statement{
		sql: acquireLease, args: []any{name, holder, now, until},
		each: func(r row) error {
			fence, held = r.Int(0), true
			return nil
		},
	})
	return fence, held && err == nil, err
}

const releaseLease = `
update lease
set until = 0
where name = $1 and holder = $2`

// ReleaseLease implements [lease.Store]. The row stays, for its number.
func (s *Store) ReleaseLease(ctx context.Context, name, holder string) error {
	session := s.engine.session()
	defer session.close()
	return run(ctx, session, statement{sql: releaseLease, args: []any{name, holder}})
}
