package main

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/store"
)

// migrateCommand is `weir migrate`.
type migrateCommand struct {
	DB string `name:"db" default:"weir.db" help:"Path of a SQLite file, weir.db when none is given, or a URL postgres://…." placeholder:"PATH|URL"`
}

// Run opens the database, which brings its tables up to date, and closes it.
func (command *migrateCommand) Run(ctx context.Context) error {
	s, err := store.Open(ctx, store.Config{Database: command.DB})
	if err != nil {
		return err
	}
	fmt.Println("weir: the database is up to date, cluster", s.ClusterID())
	return s.Close(ctx)
}
