package registry_test

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// Every check is some dozens of commits. The command line is read after
	// this and may say otherwise.
	_ = flag.Set("rapid.checks", "25")
	goleak.VerifyTestMain(m)
}
