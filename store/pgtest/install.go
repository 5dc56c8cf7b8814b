package pgtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// install puts the distribution's package on the machine: as root, or through
// sudo where it asks for no password.
func install(ctx context.Context) error {
	apt, err := exec.LookPath("apt-get")
	if err != nil {
		return fmt.Errorf("%w\n(not installed: this system has no apt-get)", notInstalledError{})
	}
	var as []string
	if os.Geteuid() != 0 {
		sudo, err := exec.LookPath("sudo")
		if err != nil {
			return fmt.Errorf("%w\n(not installed: neither root nor sudo at hand)", notInstalledError{})
		}
		if exec.CommandContext(ctx, sudo, "-n", "true").Run() != nil {
			return fmt.Errorf("%w\n(not installed: sudo wants a password)", notInstalledError{})
		}
		as = []string{sudo, "-n"}
	}
	as = append(as, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-q", "-y", "-o", "DPkg::Lock::Timeout=300")

	get := func(args ...string) error {
		line := append(append([]string{}, as...), args...)
		fmt.Fprintf(os.Stderr, "pgtest: no PostgreSQL found; running %v\n", line)
		cmd := exec.CommandContext(ctx, line[0], line[1:]...)
		// What apt-get says belongs to the reader of a failing run, not to our output.
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		return cmd.Run()
	}
	if get("install", "--no-install-recommends", "postgresql") == nil {
		return nil
	}
	// A fresh container has no package lists.
	if err := get("update"); err != nil {
		return fmt.Errorf("%w\n(apt-get update: %v)", notInstalledError{}, err)
	}
	if err := get("install", "--no-install-recommends", "postgresql"); err != nil {
		return fmt.Errorf("%w\n(apt-get install postgresql: %v)", notInstalledError{}, err)
	}
	return nil
}
