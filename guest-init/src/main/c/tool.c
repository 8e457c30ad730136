#define _GNU_SOURCE
#include "tool.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "early.h"
#include "linux_abi.h"
#include "unpack.h"

// With all that is mounted in it while the main process runs. That may end at any time; the joined disks stay.
static void enter_root(int main_pidfd) {
  if (main_pidfd >= 0 && setns(main_pidfd, (int)ABI_CLONE_NEWNS) == 0) return;
  if (chroot(ROOT_PATH) < 0 || chdir("/") < 0) child_fail(errno, "enter the container's root: %s", strerror(errno));
}

void tool_become(const struct spawn_request *request, const struct child_ends *ends) {
  char *const *arguments = request->arguments;
  child_take_descriptors(ends);
  bool no_overwrite = request->argument_count == 3 && strcmp(arguments[2], "no-overwrite") == 0;
  if (strcmp(arguments[0], "unpack") != 0) child_fail(ENOENT, "there is no tool %s", arguments[0]);
  if (request->argument_count != (no_overwrite ? 3 : 2) || arguments[1][0] != '/') {
    child_fail(EINVAL, "unpack takes an absolute path, and then no-overwrite or nothing");
  }
  enter_root(ends->main_pidfd);
  if (chdir(arguments[1]) < 0) child_fail(errno, "%s: %s", arguments[1], strerror(errno));
  if (ends->main_pidfd >= 0) close(ends->main_pidfd);
  // Init takes this for what execve does elsewhere: it has begun.
  close(ends->exec);
  unpack(no_overwrite);
}
