package store

import (
	"context"
	"errors"
	"log/slog"
)

func openPostgres(context.Context, Config, *slog.Logger) (engine, error) {
	return nil, errors.New("store: PostgreSQL is not there yet")
}
