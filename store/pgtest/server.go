package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options says how a server runs. The zero value is one that keeps what it
// promised through a crash.
type Options struct {
	// NoSync turns fsync off. Tests that only ask what a statement does run some
	// times faster; a test about durability or speed leaves it on. It does not
	// touch synchronous_commit, which stays on in both cases.
	NoSync bool
	// Install allows Start to install the distribution's package when no server
	// is found. A test never changes the machine it runs on; `make test` may.
	Install bool
	// Settings are further lines of postgresql.conf, such as shared_buffers.
	Settings map[string]string
}

// Server is a private PostgreSQL.
type Server struct {
	bin     binaries
	account account
	dir     string
	port    int
	// life is held open as long as this process lives. At its end of file the
	// watchdog stops the server and removes dir, also after a kill -9 of a test.
	life     io.Closer
	watchdog *exec.Cmd
}

// Start finds the programs, makes a data folder and returns when the server
// answers. Whoever starts a server may Stop it; if he does not, it ends with his
// process.
func Start(ctx context.Context, o Options) (*Server, error) {
	bin, err := findBinaries()
	if errors.Is(err, errNotInstalled) && o.Install {
		if err = install(ctx); err == nil {
			bin, err = findBinaries()
		}
	}
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.account, err = serverAccount(); err != nil {
		return nil, err
	}
	if s.dir, err = os.MkdirTemp("", "weir-pg-"); err != nil {
		return nil, err
	}
	if err = s.account.own(s.dir); err == nil {
		err = s.guard()
	}
	if err == nil {
		err = s.initialize(ctx)
	}
	if err == nil {
		err = s.configure(o)
	}
	if err == nil {
		err = s.startOnFreePort(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// URL connects as the superuser to the database postgres, over TCP.
func (s *Server) URL() string {
	return fmt.Sprintf("postgres://weir@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// Version is what the server program says of itself, such as "15.18".
func (s *Server) Version() string { return s.bin.version }

// Crash ends the server as a failing machine would: every process at once,
// without a checkpoint. What it had acknowledged must be there after Restart.
func (s *Server) Crash(ctx context.Context) error {
	return s.run(ctx, "pg_ctl", "stop", "-D", s.data(), "-m", "immediate", "-w")
}

// Kill ends the server as the system does when memory runs out: every process
// is shot, none says goodbye. What it had acknowledged must be there after
// Restart.
func (s *Server) Kill(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	file := filepath.Join(s.data(), "postmaster.pid")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	postmaster, err := strconv.Atoi(line)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	// Stopped, it starts no others while we ask for those that are there.
	if err := syscall.Kill(postmaster, syscall.SIGSTOP); err != nil {
		return err
	}
	rows, err := conn.Query(ctx, "select pid from pg_stat_activity")
	if err != nil {
		return errors.Join(err, syscall.Kill(postmaster, syscall.SIGKILL))
	}
	children, err := pgx.CollectRows(rows, pgx.RowTo[int])
	for _, pid := range append(children, postmaster) {
		err = errors.Join(err, syscall.Kill(pid, syscall.SIGKILL))
	}
	for err == nil && s.listens() && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	// Where nobody reaps the dead their numbers are taken yet, and these files
	// would name a server that runs.
	return errors.Join(err, os.Remove(file), os.Remove(filepath.Join(s.dir, fmt.Sprintf(".s.PGSQL.%d.lock", s.port))))
}

// listens says whether anybody has the port.
func (s *Server) listens() bool {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.port))
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// Restart brings a server back that crashed, on the same port.
func (s *Server) Restart(ctx context.Context) error { return s.start(ctx) }

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	if s.life == nil {
		return os.RemoveAll(s.dir)
	}
	err := s.life.Close()
	if s.watchdog != nil {
		err = errors.Join(err, s.watchdog.Wait())
	}
	s.life, s.watchdog = nil, nil
	return err
}

func (s *Server) data() string    { return filepath.Join(s.dir, "data") }
func (s *Server) logFile() string { return filepath.Join(s.dir, "log") }

// guard starts the watchdog: a shell that waits for the end of this process and
// then cleans up. It is in a process group of its own, so that an interrupt at
// the terminal does not reach it before its time.
func (s *Server) guard() error {
	// Nobody needs the data any more: immediate is the quickest way to stop.
	const script = `read -r _
[ -e "$2/data/postmaster.pid" ] && "$1/pg_ctl" stop -D "$2/data" -m immediate -w -s
cd / && rm -rf "$2"`
	cmd := s.command(context.Background(), "/bin/sh", "-c", script, "sh", s.bin.dir, s.dir)
	cmd.SysProcAttr.Setpgid = true
	life, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the watchdog as user %s: %w", s.account.name, err)
	}
	s.life, s.watchdog = life, cmd
	return nil
}

// initialize makes the data folder. From version 15 on the default collation is
// the Unicode root order and not the byte order: production databases usually
// have en_US.UTF-8, and a query that relies on byte order without saying so must
// fail here first.
func (s *Server) initialize(ctx context.Context) error {
	args := []string{
		"-D", s.data(), "--username=weir", "--auth=trust",
		"--encoding=UTF8", "--locale=C", "--no-sync",
	}
	if s.bin.major >= 15 {
		args = append(args, "--locale-provider=icu", "--icu-locale=und")
	}
	return s.run(ctx, "initdb", args...)
}

func (s *Server) configure(o Options) error {
	conf := map[string]string{
		"listen_addresses":        "127.0.0.1",
		"unix_socket_directories": s.dir,
		"max_connections":         "200",
		"shared_buffers":          "64MB",
		"max_wal_size":            "512MB",
		"log_line_prefix":         "%m [%p] %d ",
	}
	if o.NoSync {
		conf["fsync"] = "off"
		conf["full_page_writes"] = "off"
	}
	for k, v := range o.Settings {
		conf[k] = v
	}
	var b strings.Builder
	for k, v := range conf {
		fmt.Fprintf(&b, "%s = '%s'\n", k, strings.ReplaceAll(v, "'", "''"))
	}
	// The last setting of a name holds, so ours go behind initdb's.
	f, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(b.String())
	return errors.Join(err, f.Close())
}

// startOnFreePort tries again when another process takes the port between our
// look and the server's.
func (s *Server) startOnFreePort(ctx context.Context) error {
	var err error
	for range 5 {
		if s.port, err = freePort(); err != nil {
			return err
		}
		if err = s.start(ctx); err == nil || !strings.Contains(err.Error(), "in use") {
			return err
		}
	}
	return err
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *Server) start(ctx context.Context) error {
	err := s.run(ctx, "pg_ctl", "start", "-D", s.data(), "-l", s.logFile(), "-w", "-t", "60",
		"-o", "-p "+strconv.Itoa(s.port))
	if err != nil {
		log, _ := os.ReadFile(s.logFile())
		return fmt.Errorf("%w\nits log ends:\n%s", err, log[max(0, len(log)-2000):])
	}
	return nil
}

// run executes one of PostgreSQL's programs to its end.
func (s *Server) run(ctx context.Context, program string, args ...string) error {
	cmd := s.command(ctx, filepath.Join(s.bin.dir, program), args...)
	// A server that outlives pg_ctl must not hold our pipe open.
	cmd.WaitDelay = 5 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s as user %s: %w: %s", program, s.account.name, err, out)
	}
	return nil
}

func (s *Server) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = s.dir
	// PGDATA, PGPORT and the like of the developer's own server stay outside.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account.credential}
	return cmd
}
