#define _GNU_SOURCE
#include "targets.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "child.h"
#include "copy_up.h"
#include "linux_abi.h"
#include "mounts.h"

enum { PROC_MAGIC = 0x9fa0, SYSFS_MAGIC = 0x62656572, NAMES = 3 };

// Init's files over those of /etc; a mount there must not hide them.
static const char *const NAMES_IN_ETC[NAMES] = {"/etc/hostname", "/etc/hosts", "/etc/resolv.conf"};

static int taken[MOUNTS_MAX];
static uint32_t taken_count;
static uint8_t taken_orders[FRAME_PAYLOAD_MAX];

void targets_take(const int *trees, uint32_t count, const uint8_t *orders, uint32_t length) {
  taken_count = count;
  memcpy(taken, trees, count * sizeof *trees);
  memcpy(taken_orders, orders, length);
}

// Links are followed inside of the container's root, which is the root of this process by now.
static int open_place(const char *path) {
  const struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = ABI_RESOLVE_NO_MAGICLINKS};
  struct statfs system;
  struct stat status, root;
  child_make_directories(path);
  int place = sys_openat2(AT_FDCWD, path, &how);
  if (place < 0) {
    child_fail(EINVAL, "a mount at %s: %s", path,
        errno == ENOENT ? "there is no such directory, and it cannot be made" : strerror(errno));
  }
  if (fstatfs(place, &system) < 0 || fstat(place, &status) < 0 || stat("/", &root) < 0) {
    child_fail(errno, "a mount at %s: %s", path, strerror(errno));
  }
  if (system.f_type == PROC_MAGIC || system.f_type == SYSFS_MAGIC) {
    child_fail(EINVAL, "a mount at %s: that lies in /proc or /sys", path);
  }
  if (status.st_dev == root.st_dev && status.st_ino == root.st_ino) {
    child_fail(EINVAL, "a mount at %s: that is the container's root", path);
  }
  return place;
}

static void mount_one(int tree, const struct target_header *header, const char *path) {
  int place = open_place(path);
  if (header->copy && !copy_up(place, tree)) {
    child_fail(errno == ENOSPC ? ENOSPC : EINVAL, "copy what the image has at %s to the volume: %s", path, strerror(errno));
  }
  if (sys_move_mount(tree, "", place, "", ABI_MOVE_MOUNT_F_EMPTY_PATH | ABI_MOVE_MOUNT_T_EMPTY_PATH) < 0) {
    child_fail(errno, "a mount at %s: %s", path, strerror(errno));
  }
  if (header->read_only
      && (fchdir(tree) < 0
          || mount(NULL, ".", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | header->flags, NULL) < 0 || chdir("/") < 0)) {
    child_fail(errno, "a read-only mount at %s: %s", path, strerror(errno));
  }
  close(place);
  close(tree);
}

static void keep_names(int kept[NAMES]) {
  for (int i = 0; i < NAMES; i++) {
    kept[i] = sys_open_tree(AT_FDCWD, NAMES_IN_ETC[i], ABI_OPEN_TREE_CLONE | O_CLOEXEC | AT_SYMLINK_NOFOLLOW);
  }
}

static void put_names_back(const int kept[NAMES]) {
  for (int i = 0; i < NAMES; i++) {
    if (kept[i] < 0) continue;
    int fd = open(NAMES_IN_ETC[i], O_CREAT | O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd >= 0) close(fd);
    // Where it is a link or missing, the container does without it, as with an image that is like that.
    sys_move_mount(kept[i], "", AT_FDCWD, NAMES_IN_ETC[i], ABI_MOVE_MOUNT_F_EMPTY_PATH);
    close(kept[i]);
  }
}

void targets_mount(void) {
  const uint8_t *at = taken_orders;
  for (uint32_t i = 0; i < taken_count; i++) {
    struct target_header header;
    memcpy(&header, at, sizeof header);
    const char *path = (const char *)at + sizeof header;
    at += sizeof header + strlen(path) + 1;
    int names[NAMES];
    bool over_names = strcmp(path, "/etc") == 0;
    if (over_names) keep_names(names);
    mount_one(taken[i], &header, path);
    if (over_names) put_names_back(names);
  }
}
