#define _GNU_SOURCE
#include "container.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "child.h"
#include "early.h"
#include "linux_abi.h"
#include "names.h"

enum { VIEWS = 3 };

static const char *const VIEW_PATHS[VIEWS] = {"/proc", "/sys", "/dev"};
static int views[VIEWS];
static int names[NAMES];

// Nothing of the container runs yet, so a path cannot change under us; but the image may have a link where a
// directory should be, and a mount through it would land elsewhere.
static void need_directory(const char *path) {
  struct stat status;
  if (mkdir(path, 0755) == 0) return;
  if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) return;
  child_fail(EINVAL, "the image's %s is not a directory", path);
}

static void mount_at(const char *type, const char *target, unsigned long flags, const char *options) {
  if (mount(type, target, type, flags, options) < 0) child_fail(errno, "mount %s: %s", target, strerror(errno));
}

// With CAP_MKNOD, which is in the default set, root inside can make nodes of other devices too. They are the machine's,
// and the machine is the container's own; the agent's port can be opened only once, and init has it.
static void make_devices(void) {
  static const struct {
    const char *path;
    unsigned major, minor;
  } devices[] = {
      {"/dev/null", 1, 3}, {"/dev/zero", 1, 5},   {"/dev/full", 1, 7},
      {"/dev/random", 1, 8}, {"/dev/urandom", 1, 9}, {"/dev/tty", 5, 0},
  };
  static const char *const links[][2] = {
      {"pts/ptmx", "/dev/ptmx"},        {"/proc/self/fd", "/dev/fd"},       {"/proc/self/fd/0", "/dev/stdin"},
      {"/proc/self/fd/1", "/dev/stdout"}, {"/proc/self/fd/2", "/dev/stderr"},
  };
  mode_t mask = umask(0);
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
    if (mknod(devices[i].path, S_IFCHR | 0666, makedev(devices[i].major, devices[i].minor)) < 0) {
      child_fail(errno, "make %s: %s", devices[i].path, strerror(errno));
    }
  }
  umask(mask);
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    if (symlink(links[i][0], links[i][1]) < 0) child_fail(errno, "make %s: %s", links[i][1], strerror(errno));
  }
}

static void mount_dev(void) {
  need_directory("/dev");
  mount_at("tmpfs", "/dev", MS_NOSUID | MS_STRICTATIME, "mode=0755,size=65536k");
  make_devices();
  mkdir("/dev/pts", 0755);
  mount_at("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5");
  mkdir("/dev/shm", 01777);
  mount_at("tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=1777,size=64m");
  mkdir("/dev/mqueue", 01777);
  if (mount("mqueue", "/dev/mqueue", "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) rmdir("/dev/mqueue");
}

// What OCI runtimes hide, because it is the machine's and not the container's.
static void mask_paths(void) {
  static const char *const masked[] = {
      "/proc/acpi",        "/proc/asound",      "/proc/kcore",       "/proc/keys",
      "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug",
      "/proc/scsi",        "/sys/firmware",     "/sys/devices/virtual/powercap",
  };
  static const char *const read_only[] = {
      "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
  };
  for (size_t i = 0; i < sizeof masked / sizeof *masked; i++) {
    struct stat status;
    if (stat(masked[i], &status) < 0) continue;
    int result = S_ISDIR(status.st_mode) ? mount("tmpfs", masked[i], "tmpfs", MS_RDONLY, "size=0k,mode=0555")
                                         : mount("/dev/null", masked[i], NULL, MS_BIND, NULL);
    if (result < 0) child_fail(errno, "mask %s: %s", masked[i], strerror(errno));
  }
  const unsigned long plain = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  for (size_t i = 0; i < sizeof read_only / sizeof *read_only; i++) {
    const char *path = read_only[i];
    if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) < 0) continue;
    if (mount(NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | plain, NULL) < 0) {
      child_fail(errno, "protect %s: %s", path, strerror(errno));
    }
  }
}

static void mount_kernel_views(void) {
  const unsigned long plain = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  need_directory("/proc");
  mount_at("proc", "/proc", plain, NULL);
  need_directory("/sys");
  mount_at("sysfs", "/sys", plain | MS_RDONLY, NULL);
  // Its own cgroup is the root of what it sees. A kernel without cgroups has no such directory.
  if (unshare(CLONE_NEWCGROUP) == 0) mount("cgroup2", "/sys/fs/cgroup", "cgroup2", plain, NULL);
}

void container_prepare(void) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) child_fail(errno, "private mounts: %s", strerror(errno));
  names_clone(names);
  int own_root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (own_root < 0 || chdir(STAGE_PATH) < 0 || chroot(".") < 0) {
    child_fail(errno, "enter " STAGE_PATH ": %s", strerror(errno));
  }
  mount_kernel_views();
  mount_dev();
  mask_paths();
  for (int view = 0; view < VIEWS; view++) {
    // With all that is mounted in it, and nowhere: it outlives init's root.
    views[view] =
        sys_open_tree(AT_FDCWD, VIEW_PATHS[view], ABI_OPEN_TREE_CLONE | ABI_AT_RECURSIVE | O_CLOEXEC);
    if (views[view] < 0 || umount2(VIEW_PATHS[view], MNT_DETACH) < 0) {
      child_fail(errno, "%s: %s", VIEW_PATHS[view], strerror(errno));
    }
  }
  if (fchdir(own_root) < 0 || chroot(".") < 0) child_fail(errno, "leave " STAGE_PATH ": %s", strerror(errno));
  close(own_root);
}

static void move(int from, const char *to) {
  if (sys_move_mount(from, "", AT_FDCWD, to, ABI_MOVE_MOUNT_F_EMPTY_PATH) < 0) {
    child_fail(errno, "mount %s: %s", to, strerror(errno));
  }
  close(from);
}

static void resize_shm(uint64_t shm_bytes) {
  char options[32];
  if (shm_bytes == DEFAULT_SHM_BYTES) return;
  snprintf(options, sizeof options, "size=%llu", (unsigned long long)shm_bytes);
  if (mount(NULL, "/dev/shm", NULL, MS_REMOUNT | MS_NOSUID | MS_NODEV | MS_NOEXEC, options) < 0) {
    child_fail(errno, "size of /dev/shm: %s", strerror(errno));
  }
}

void container_enter(int root) {
  move(root, ROOT_PATH);
  // The old root ends up on top of the new one, from where it is taken away: no directory in the image is needed. Until
  // then ".." at the root leads into it, so no path of the image may be followed.
  if (chdir(ROOT_PATH) < 0 || sys_pivot_root(".", ".") < 0 || umount2(".", MNT_DETACH) < 0 || chdir("/") < 0) {
    child_fail(errno, "switch to the container's root: %s", strerror(errno));
  }
  for (int view = 0; view < VIEWS; view++) {
    need_directory(VIEW_PATHS[view]);
    move(views[view], VIEW_PATHS[view]);
  }
  names_mount(names);
}

void container_settle(const char *hostname, uint64_t shm_bytes) {
  resize_shm(shm_bytes);
  if (sethostname(hostname, strlen(hostname)) < 0) child_fail(errno, "host name: %s", strerror(errno));
}

void container_join(int main_pidfd) {
  if (setns(main_pidfd, (int)(ABI_CLONE_NEWNS | ABI_CLONE_NEWUTS | ABI_CLONE_NEWIPC | ABI_CLONE_NEWCGROUP)) < 0) {
    child_fail(errno, "enter the container: %s", strerror(errno));
  }
}
