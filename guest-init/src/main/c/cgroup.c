#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "early.h"
#include "files.h"
#include "linux_abi.h"

enum { PERIOD_MICROS = 100000, QUOTA_MIN_MICROS = 1000 };

static int directory = -1;

int cgroup_fd(void) { return directory; }

void cgroup_create(void) {
  static const char *const controllers[] = {"+cpu", "+memory", "+pids", "+io", "+cpuset"};
  for (size_t i = 0; i < sizeof controllers / sizeof *controllers; i++) {
    // One by one: one that the kernel lacks must not take the others with it.
    file_write(CGROUP_PATH "/cgroup.subtree_control", controllers[i]);
  }
  if (mkdir(CGROUP_PATH "/container", 0755) == 0 || errno == EEXIST) {
    directory = open(CGROUP_PATH "/container", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  }
}

bool cgroup_limit(const struct setup_request *request) {
  char text[64];
  if (request->cpu_quota_millis != 0) {
    uint64_t quota = (uint64_t)request->cpu_quota_millis * (PERIOD_MICROS / 1000);
    if (quota < QUOTA_MIN_MICROS) quota = QUOTA_MIN_MICROS;
    snprintf(text, sizeof text, "%llu %d", (unsigned long long)quota, PERIOD_MICROS);
    if (!file_write_at(directory, "cpu.max", text)) return false;
  }
  if (request->memory_limit_bytes != 0) {
    snprintf(text, sizeof text, "%llu", (unsigned long long)request->memory_limit_bytes);
    if (!file_write_at(directory, "memory.max", text)) return false;
  }
  return true;
}

pid_t cgroup_clone(uint64_t namespaces, int *pidfd) {
  struct clone3_args args = {
      .flags = ABI_CLONE_PIDFD | namespaces, .pidfd = (uint64_t)(uintptr_t)pidfd, .exit_signal = SIGCHLD};
  if (directory >= 0) {
    args.flags |= ABI_CLONE_INTO_CGROUP;
    args.cgroup = (uint64_t)directory;
  }
  return (pid_t)sys_clone3(&args);
}

void cgroup_kill(void) {
  if (directory >= 0) file_write_at(directory, "cgroup.kill", "1");
}
