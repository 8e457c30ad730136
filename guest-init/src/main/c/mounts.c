#define _GNU_SOURCE
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disks.h"
#include "early.h"
#include "linux_abi.h"
#include "targets.h"

// The disk was made whole, as a container's own.
#define VOLUME_OPTIONS "noinit_itable,no_prefetch_block_bitmaps"
// Nothing is to be written, not even to the journal; the host knows that it is empty.
#define READ_ONLY_OPTIONS "noload"

static int trees[MOUNTS_MAX];
static bool on_disk[MOUNTS_MAX];
static uint32_t count;
static uint8_t orders[FRAME_PAYLOAD_MAX];
static uint32_t orders_length;

static void path_of(uint32_t index, char path[64]) {
  snprintf(path, 64, MOUNTS_PATH "/%u", index);
}

static bool mount_volume(const struct mount_request *request, const char *path, struct failure *failure) {
  char name[32], device[48];
  if (!disk_device(request->disk, name, sizeof name)) {
    fail(failure, ENODEV, "no disk with the serial %s", request->disk);
    return false;
  }
  snprintf(device, sizeof device, "/dev/%s", name);
  bool fixed = request->read_only == READ_ONLY_DISK;
  // A kernel that does not know the options yet does without them.
  if (mount(device, path, "ext4", fixed ? MS_RDONLY : 0, fixed ? READ_ONLY_OPTIONS : VOLUME_OPTIONS) == 0
      || (errno == EINVAL && !fixed && mount(device, path, "ext4", 0, NULL) == 0)) {
    return true;
  }
  fail(failure, errno, "mount the volume for %s as ext4: %s", request->target, strerror(errno));
  return false;
}

static bool mount_tmpfs(const struct mount_request *request, const char *path, struct failure *failure) {
  if (mount("tmpfs", path, "tmpfs", request->flags, request->options) == 0) return true;
  fail(failure, errno, "mount a tmpfs for %s: %s", request->target, strerror(errno));
  return false;
}

// What the container has of it. A volume's root has "lost+found" and "data": who wrote to the disk before may have made a
// link of that, which is not followed.
static int detach(const char *path, bool volume) {
  char data[80];
  snprintf(data, sizeof data, "%s%s", path, volume ? "/data" : "");
  int tree = sys_open_tree(AT_FDCWD, data, ABI_OPEN_TREE_CLONE | O_CLOEXEC | AT_SYMLINK_NOFOLLOW);
  int error = errno;
  // A tmpfs lives in the container alone.
  if (!volume) umount2(path, MNT_DETACH);
  errno = error;
  return tree;
}

bool mounts_add(const struct mount_request *request, struct failure *failure) {
  const uint32_t path_length = (uint32_t)strlen(request->target) + 1;
  const struct target_header header = {
      .flags = request->flags, .read_only = request->read_only != READ_WRITE, .copy = request->copy != 0};
  const bool volume = request->disk != NULL;
  char path[64];
  if (count == MOUNTS_MAX || sizeof header + path_length > sizeof orders - orders_length) {
    fail(failure, ENOSPC, "more than %d mounts", MOUNTS_MAX);
    return false;
  }
  path_of(count, path);
  mkdir(path, 0700);
  if (volume ? !mount_volume(request, path, failure) : !mount_tmpfs(request, path, failure)) return false;
  int tree = detach(path, volume);
  if (tree < 0) {
    fail(failure, errno, "the mount for %s: %s", request->target, strerror(errno));
    if (volume) umount2(path, 0);
    return false;
  }
  memcpy(orders + orders_length, &header, sizeof header);
  memcpy(orders + orders_length + sizeof header, request->target, path_length);
  orders_length += (uint32_t)sizeof header + path_length;
  on_disk[count] = volume;
  trees[count++] = tree;
  return true;
}

uint32_t mounts_order(int descriptors[MOUNTS_MAX], uint8_t payload[FRAME_PAYLOAD_MAX], uint32_t *length) {
  memcpy(descriptors, trees, count * sizeof *trees);
  memcpy(payload, orders, orders_length);
  *length = orders_length;
  return count;
}

void mounts_given(void) {
  for (uint32_t i = 0; i < count; i++) {
    if (trees[i] >= 0) close(trees[i]);
    trees[i] = -1;
  }
}

void mounts_unmount(void) {
  mounts_given();
  for (uint32_t i = 0; i < count; i++) {
    char path[64];
    path_of(i, path);
    if (on_disk[i]) disk_unmount(path);
  }
}
