// PID 1 of a machine that runs one container: boots it to the port, then does what the host asks (PROTOCOL.md).
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "early.h"
#include "fatal.h"
#include "helper.h"
#include "log.h"
#include "modules.h"
#include "port.h"
#include "privileges.h"
#include "process.h"
#include "reap.h"
#include "session.h"
#include "spawn.h"
#include "stamps.h"

enum { EVENTS = 64, OPEN_FILES = 4096 };

static int epoll = -1;
static int signals = -1;
static struct port port;

static void null_streams(void) {
  int fd = open("/dev/null", O_RDWR);
  if (fd < 0) return;
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
    if (stream != fd) dup2(fd, stream);
  }
  if (fd > STDERR_FILENO) close(fd);
}

// Each process has up to three descriptors here. The container's processes start with the usual limits (privileges.c).
static void raise_limits(void) {
  const struct rlimit files = {.rlim_cur = OPEN_FILES, .rlim_max = LIMIT_OPEN_FILES_HARD};
  setrlimit(RLIMIT_NOFILE, &files);
}

static void boot(void) {
  fatal_on_faults();
  sigset_t all;
  sigfillset(&all);
  // Faults cannot be waited for.
  static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP};
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&all, faults[i]);
  sigprocmask(SIG_SETMASK, &all, NULL);
  // Its memory and descriptors are not to be had through /proc by a child that has entered the container.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);

  raise_limits();
  early_mounts();
  stamp(STEP_INIT);
  modules_load();
  early_switch_root();
  null_streams();
  stamp(STEP_MODULES);

  epoll = epoll_create1(EPOLL_CLOEXEC);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  signals = signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = WATCH_SIGNALS};
  if (epoll < 0 || signals < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, signals, &event) < 0) {
    fatal("no event loop: %s", strerror(errno));
  }
  processes_init();
  spawn_init();
  helper_init();
  port_open(&port, epoll);
  session_init(&port, epoll);
  stamp(STEP_CHANNEL);
}

static int timeout_ms(void) {
  if (session_is_busy()) return 0;
  uint64_t deadline = session_deadline_ns();
  if (deadline == UINT64_MAX) return -1;
  uint64_t now = clock_ns();
  if (deadline <= now) return 0;
  uint64_t wait_ms = (deadline - now) / 1000000 + 1;
  return wait_ms > 60000 ? 60000 : (int)wait_ms;
}

static void take_event(const struct epoll_event *event) {
  if (event->data.u64 == WATCH_PORT) {
    port_on_events(&port, epoll, event->events, false);
  } else if (event->data.u64 == WATCH_LISTENER) {
    port_on_events(&port, epoll, event->events, true);
  } else if (event->data.u64 == WATCH_SIGNALS) {
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) > 0) continue;
    reap();
  } else {
    ((struct source *)(uintptr_t)event->data.u64)->ready = true;
  }
}

int main(void) {
  if (getpid() != 1) return 2;
  boot();
  for (;;) {
    session_round();
    struct epoll_event events[EVENTS];
    int count = epoll_wait(epoll, events, EVENTS, timeout_ms());
    if (count < 0 && errno != EINTR) fatal("event loop: %s", strerror(errno));
    for (int i = 0; i < count; i++) take_event(&events[i]);
  }
}
