package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user whom the server runs as.
type account struct {
	name string
	uid  int
	gid  int
	// credential is nil where the server runs as whoever runs the tests.
	credential *syscall.Credential
}

// serverAccount picks it. PostgreSQL refuses to run as root; then it is the user
// whom the distribution's package made, or the one that every system has.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{name: fmt.Sprintf("uid %d", os.Geteuid()), uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, err
		}
		return account{name, uid, gid, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: run the tests as an ordinary user")
}

// own hands a folder to the account.
func (a account) own(dir string) error {
	if a.credential == nil {
		return nil
	}
	return os.Chown(dir, a.uid, a.gid)
}
