package pgtest

import (
	"cmp"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// oldest is the first major version that weir supports on PostgreSQL.
const oldest = 13

// errNotInstalled means that no folder with a usable server was found.
var errNotInstalled = errors.New("no PostgreSQL server programs found")

// binaries is one installed version.
type binaries struct {
	dir     string
	version string
	major   int
}

// findBinaries looks on PATH, then in the versioned folders that Debian and its
// relatives keep off PATH (the newest first), then in the usual folders of other
// systems. A folder counts when initdb, pg_ctl and postgres are all there and
// run: client packages bring some of the names alone.
func findBinaries() (binaries, error) {
	var dirs []string
	if p, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(p))
		// The link in /usr/local/bin may be there for postgres alone.
		if real, err := filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	versioned, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(versioned, func(a, b string) int {
		return cmp.Compare(folderVersion(b), folderVersion(a))
	})
	dirs = append(dirs, versioned...)
	dirs = append(dirs, "/usr/pgsql/bin", "/opt/homebrew/opt/postgresql/bin", "/usr/local/pgsql/bin")

	var tooOld []string
	for _, dir := range dirs {
		b, err := inspect(dir)
		switch {
		case err != nil:
		case b.major < oldest:
			tooOld = append(tooOld, fmt.Sprintf("%s (%s)", dir, b.version))
		default:
			return b, nil
		}
	}
	return binaries{}, notInstalledError{tooOld}
}

// folderVersion reads 15 out of /usr/lib/postgresql/15/bin.
func folderVersion(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

var versionText = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

func inspect(dir string) (binaries, error) {
	for _, program := range []string{"initdb", "pg_ctl", "postgres"} {
		out, err := exec.Command(filepath.Join(dir, program), "--version").Output()
		if err != nil {
			return binaries{}, err
		}
		m := versionText.FindSubmatch(out)
		if m == nil {
			return binaries{}, fmt.Errorf("%s in %s calls itself %q", program, dir, out)
		}
		if program == "postgres" {
			major, err := strconv.Atoi(string(m[2]))
			return binaries{dir: dir, version: string(m[1]), major: major}, err
		}
	}
	panic("unreachable: postgres is in the list")
}

// notInstalledError is [errNotInstalled] with what to do about it.
type notInstalledError struct{ tooOld []string }

func (e notInstalledError) Error() string {
	s := errNotInstalled.Error() + " (looked on PATH and in /usr/lib/postgresql/*/bin)"
	if len(e.tooOld) > 0 {
		s += fmt.Sprintf("; older than %d: %v", oldest, e.tooOld)
	}
	return s + `
to run these tests, one of:
  make test                                     (installs the package when run as root or with passwordless sudo)
  sudo apt-get install postgresql               (Debian, Ubuntu; other systems: their package of the server)
  export PATH=/folder/with/initdb:$PATH         (a server that lies elsewhere)
  export ` + Env + `=postgres://user@host/db  (a running server; the user may create databases)`
}

func (notInstalledError) Unwrap() error { return errNotInstalled }
