#define _GNU_SOURCE
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "linux_abi.h"

enum { CAPABILITIES = 64, TTY_GROUP = 5 };

static void set_limits(const struct spawn_request *request) {
  const struct rlimit files = {.rlim_cur = LIMIT_OPEN_FILES_SOFT, .rlim_max = LIMIT_OPEN_FILES_HARD};
  if (setrlimit(RLIMIT_NOFILE, &files) < 0) child_fail(errno, "open files: %s", strerror(errno));
  for (uint32_t i = 0; i < request->limit_count; i++) {
    const struct limit *limit = &request->limits[i];
    struct rlimit value = {.rlim_cur = limit->soft, .rlim_max = limit->hard};
    if (setrlimit((int)limit->resource, &value) < 0) {
      child_fail(errno, "resource limit %u: %s", limit->resource, strerror(errno));
    }
  }
}

// So that /dev/stdout can be opened again by a user other than root.
static void give_streams(const struct identity *identity, bool terminal) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    struct stat status;
    if (fstat(fd, &status) < 0) continue;
    if (S_ISFIFO(status.st_mode) || terminal) {
      // Fails on nothing but odd file systems, and then only that comfort is missing.
      if (fchown(fd, identity->uid, terminal ? TTY_GROUP : identity->gid) < 0) continue;
    }
  }
}

static void drop_bounding_set(uint64_t keep) {
  for (int capability = 0; capability < CAPABILITIES; capability++) {
    if (keep >> capability & 1) continue;
    // EINVAL: beyond the last one that this kernel knows.
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) {
      if (errno == EINVAL) return;
      child_fail(errno, "capability %d: %s", capability, strerror(errno));
    }
  }
}

static void set_capabilities(uint64_t keep) {
  struct capability_header header = {.version = ABI_CAPABILITY_VERSION};
  struct capability_data now[2], data[2];
  if (syscall(SYS_capget, &header, now) < 0) child_fail(errno, "capabilities: %s", strerror(errno));
  for (int i = 0; i < 2; i++) {
    uint32_t half = (uint32_t)(keep >> (32 * i)) & now[i].permitted;
    // Nothing inheritable: it would give programs without file capabilities more than they should have.
    data[i] = (struct capability_data){.effective = half, .permitted = half, .inheritable = 0};
  }
  header.version = ABI_CAPABILITY_VERSION;
  if (syscall(SYS_capset, &header, data) < 0) child_fail(errno, "capabilities: %s", strerror(errno));
}

void privileges_drop(const struct spawn_request *request, const struct identity *identity) {
  set_limits(request);
  give_streams(identity, request->terminal);
  drop_bounding_set(request->capabilities);
  if (setgroups(identity->group_count, (const gid_t *)identity->groups) < 0
      || setresgid(identity->gid, identity->gid, identity->gid) < 0
      || setresuid(identity->uid, identity->uid, identity->uid) < 0) {
    child_fail(errno, "user %u, group %u: %s", identity->uid, identity->gid, strerror(errno));
  }
  if (identity->uid == 0) set_capabilities(request->capabilities);
  if (request->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
    child_fail(errno, "no new privileges: %s", strerror(errno));
  }
}
