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

// By path, because a helper has no descriptors of init's.
static bool set(const char *file, const char *text) {
  char path[64];
  snprintf(path, sizeof path, CGROUP_PATH "/container/%s", file);
  return file_write(path, text);
}

static bool set_cpu_quota(uint32_t millis) {
  char text[64];
  if (millis == 0) return set("cpu.max", "max");
  uint64_t quota = (uint64_t)millis * (PERIOD_MICROS / 1000);
  if (quota < QUOTA_MIN_MICROS) quota = QUOTA_MIN_MICROS;
  snprintf(text, sizeof text, "%llu %d", (unsigned long long)quota, PERIOD_MICROS);
  return set("cpu.max", text);
}

static bool set_memory_limit(uint64_t bytes) {
  char text[64];
  if (bytes == 0) return set("memory.max", "max");
  snprintf(text, sizeof text, "%llu", (unsigned long long)bytes);
  return set("memory.max", text);
}

bool cgroup_limit(const struct setup_request *request) {
  return (request->cpu_quota_millis == 0 || set_cpu_quota(request->cpu_quota_millis))
      && (request->memory_limit_bytes == 0 || set_memory_limit(request->memory_limit_bytes));
}

bool cgroup_change(const struct limits_request *request) {
  return (request->cpu_quota_millis == CPU_QUOTA_SAME || set_cpu_quota(request->cpu_quota_millis))
      && (request->memory_limit_bytes == MEMORY_LIMIT_SAME || set_memory_limit(request->memory_limit_bytes));
}

bool cgroup_freeze(bool freeze) { return set("cgroup.freeze", freeze ? "1" : "0"); }

bool cgroup_is_frozen(void) {
  char text[128];
  uint64_t frozen = 0;
  return file_read_at(directory, "cgroup.events", text, sizeof text) > 0 && text_number(text, "frozen", &frozen)
      && frozen != 0;
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
