#include "setup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cgroup.h"
#include "disks.h"
#include "files.h"
#include "linux_abi.h"
#include "names.h"
#include "network.h"
#include "stamps.h"
#include "zygote.h"

enum { ENTROPY_MAX = 512 };

// A machine restored from a template has the template's random state, so this comes before anything that could use it.
static bool add_entropy(const struct bytes *entropy) {
  struct {
    int bits, size;
    uint8_t bytes[ENTROPY_MAX];
  } pool = {.bits = (int)entropy->length * 8, .size = (int)entropy->length};
  memcpy(pool.bytes, entropy->at, entropy->length);
  int fd = open("/dev/random", O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  bool done = ioctl(fd, ABI_RNDADDENTROPY, &pool) == 0 && ioctl(fd, ABI_RNDRESEEDCRNG, 0) == 0;
  int error = errno;
  close(fd);
  explicit_bzero(&pool, sizeof pool);
  errno = error;
  return done;
}

static bool set_clock(uint64_t time_ns) {
  struct timespec now = {.tv_sec = (time_t)(time_ns / 1000000000u), .tv_nsec = (long)(time_ns % 1000000000u)};
  return clock_settime(CLOCK_REALTIME, &now) == 0;
}

// What is the same for every container, once.
static bool prepare_common(struct failure *failure) {
  static bool done;
  if (done) return true;
  cgroup_create();
  // Huge pages are made when they are asked for, not by a thread that wakes twice a second to see whether it could.
  file_write("/proc/sys/vm/compaction_proactiveness", "0");
  if (!names_prepare()) {
    fail(failure, errno, "names of the machine: %s", strerror(errno));
    return false;
  }
  return done = zygote_prepare(failure);
}

bool prepare_machine(const struct prepare_request *request, struct failure *failure) {
  if (!disks_find(request->root_disk, request->upper_disk, failure)) return false;
  if (!disks_mount_upper(failure)) return false;
  if (request->join != 0 && !disks_join(failure)) return false;
  if (!network_start(&request->ethernet, failure) || !prepare_common(failure)) return false;
  return request->join == 0 || zygote_enter(request, failure);
}

bool setup_machine(const struct setup_request *request, struct failure *failure) {
  if (!add_entropy(&request->entropy)) {
    fail(failure, errno, "add entropy: %s", strerror(errno));
    return false;
  }
  if (!set_clock(request->time_ns)) {
    fail(failure, errno, "set the clock: %s", strerror(errno));
    return false;
  }
  if (!disks_find(request->root_disk, request->upper_disk, failure)) return false;
  stamp(STEP_DISKS);
  if (!disks_mount_upper(failure) || !disks_join(failure) || !prepare_common(failure)) return false;
  if (!cgroup_limit(request)) {
    fail(failure, errno, "limits of the container: %s", strerror(errno));
    return false;
  }
  if (sethostname(request->hostname, strlen(request->hostname)) < 0 || !names_write(request)) {
    fail(failure, errno, "names of the machine: %s", strerror(errno));
    return false;
  }
  zygote_configure(request);
  stamp(STEP_MOUNTS);
  if (!network_start(&request->ethernet, failure)) return false;
  stamp(STEP_NETWORK);
  return true;
}
