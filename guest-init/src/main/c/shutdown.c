#define _GNU_SOURCE
#include "shutdown.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cgroup.h"
#include "disks.h"
#include "log.h"
#include "mounts.h"
#include "stamps.h"
#include "standstill.h"
#include "zygote.h"

enum { KILL_SECONDS = 5 };

// SIGCHLD is blocked, as it always is here, so none can slip by between the look and the wait.
static void reap_all(void) {
  const uint64_t deadline = clock_ns() + KILL_SECONDS * 1000000000ull;
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  for (;;) {
    pid_t pid = waitpid(-1, NULL, WNOHANG);
    if (pid > 0) continue;
    if (pid < 0 && errno != EINTR) return;
    if (clock_ns() >= deadline) {
      log_line("some processes could not be killed");
      return;
    }
    const struct timespec moment = {.tv_nsec = 50 * 1000000};
    sigtimedwait(&child, NULL, &moment);
  }
}

void shutdown_machine(void) {
  standstill_end();
  cgroup_kill();
  kill(-1, SIGKILL);
  reap_all();
  zygote_release();
  mounts_unmount();
  disks_unmount();
}
