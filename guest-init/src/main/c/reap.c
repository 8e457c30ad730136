#include "reap.h"

#include <sys/wait.h>

#include "process.h"
#include "stamps.h"

static struct process *find(pid_t pid) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    struct process *process = process_at(i);
    if (process->state != PROCESS_FREE && process->pid == pid && !process->reaped) return process;
  }
  return NULL;
}

void reap(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    struct process *process = find(pid);
    if (process == NULL) continue;  // one that failed to start, or a helper
    process->reaped = true;
    process->wait_status = status;
    process->ended_ns = clock_ns();
  }
}
