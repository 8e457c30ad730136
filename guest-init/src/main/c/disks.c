#include "disks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "early.h"
#include "files.h"
#include "log.h"
#include "uevents.h"
#include "zygote.h"

// The disk was made whole, inode tables and all: no thread that looks what is to be done, and that reads every bitmap.
#define UPPER_OPTIONS "noinit_itable,no_prefetch_block_bitmaps"
// Nothing is ever allocated on it.
#define ROOT_OPTIONS "noblock_validity,no_prefetch_block_bitmaps"

enum { DISK_NAME_MAX = 32, SERIAL_MAX = 64, SECTOR_BYTES = 512 };

struct disk {
  char serial[SERIAL_MAX + 1];   // empty: there is none
  char name[DISK_NAME_MAX];      // of its device, empty until found
  bool mounted;
};

static struct disk root_disk, upper_disk;
static bool joined;

static bool serial_of(const char *name, char serial[256]) {
  char path[128];
  snprintf(path, sizeof path, "/sys/block/%.31s/serial", name);
  long length = file_read(path, serial, 256);
  if (length >= 0) {
    serial[strcspn(serial, "\n")] = 0;
    return true;
  }
  // SCSI: page 0x80, a header of four bytes, then the serial, which may be padded with blanks.
  snprintf(path, sizeof path, "/sys/block/%.31s/device/vpd_pg80", name);
  length = file_read(path, serial, 256);
  if (length < 4) return false;
  memmove(serial, serial + 4, (size_t)length - 3);
  char *start = serial + strspn(serial, " ");
  start[strcspn(start, " \n")] = 0;
  memmove(serial, start, strlen(start) + 1);
  return true;
}

static void match(struct disk *disk, const char *name, const char *serial) {
  if (disk->serial[0] == 0 || disk->name[0] != 0 || strcmp(disk->serial, serial) != 0) return;
  snprintf(disk->name, sizeof disk->name, "%.31s", name);
}

static bool found(const struct disk *disk) { return disk->serial[0] == 0 || disk->name[0] != 0; }

static bool all_found(void *context) {
  struct disk *const *disks = context;
  bool all = true;
  for (size_t i = 0; disks[i] != NULL; i++) all = all && found(disks[i]);
  if (all) return true;
  DIR *directory = opendir("/sys/block");
  if (directory == NULL) return false;
  const struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    char serial[256];
    if (entry->d_name[0] == '.' || strlen(entry->d_name) >= DISK_NAME_MAX) continue;
    if (!serial_of(entry->d_name, serial)) continue;
    for (size_t i = 0; disks[i] != NULL; i++) match(disks[i], entry->d_name, serial);
  }
  closedir(directory);
  all = true;
  for (size_t i = 0; disks[i] != NULL; i++) all = all && found(disks[i]);
  return all;
}

bool disk_device(const char *serial, char *name, size_t size) {
  struct disk disk = {.mounted = false};
  struct disk *const wanted[] = {&disk, NULL};
  snprintf(disk.serial, sizeof disk.serial, "%s", serial);
  if (!uevents_await(all_found, (void *)(uintptr_t)wanted)) return false;
  snprintf(name, size, "%s", disk.name);
  return true;
}

// A disk that was prepared and is not the one that is wanted gives its place up.
static void want(struct disk *disk, const char *serial, const char *path) {
  if (serial == NULL) serial = "";
  if (strcmp(disk->serial, serial) == 0) return;
  if (joined) {
    zygote_discard();
    joined = umount2(ROOT_PATH, 0) < 0;
  }
  if (disk->mounted) umount2(path, 0);
  memset(disk, 0, sizeof *disk);
  snprintf(disk->serial, sizeof disk->serial, "%s", serial);
}

bool disks_find(const char *root, const char *upper, struct failure *failure) {
  want(&root_disk, root, BASE_PATH);
  want(&upper_disk, upper, UPPER_PATH);
  static struct disk *const both[] = {&root_disk, &upper_disk, NULL};
  if (uevents_await(all_found, (void *)(uintptr_t)both)) return true;
  fail(failure, ENODEV, "no disk with the serial %s", root_disk.name[0] == 0 ? root_disk.serial : upper_disk.serial);
  return false;
}

// Writeback to a disk that is a file of the host's needs no throttle, and this one looks ten times a second after each
// write how the disk does: a clone's vCPU would wake for that.
static void leave_unthrottled(const struct disk *disk) {
  char path[128];
  snprintf(path, sizeof path, "/sys/block/%.31s/queue/wbt_lat_usec", disk->name);
  file_write(path, "0");
}

static bool mount_disk(
    struct disk *disk, const char *target, unsigned long flags, const char *options, struct failure *failure) {
  char device[DISK_NAME_MAX + 8];
  if (disk->mounted) return true;
  snprintf(device, sizeof device, "/dev/%s", disk->name);
  // A kernel that does not know the options yet does without them.
  disk->mounted = mount(device, target, "ext4", flags, options) == 0
      || (errno == EINVAL && mount(device, target, "ext4", flags, NULL) == 0);
  if (!disk->mounted) fail(failure, errno, "mount the disk %s as ext4: %s", disk->serial, strerror(errno));
  return disk->mounted;
}

bool disks_mount_upper(struct failure *failure) {
  if (upper_disk.serial[0] == 0 || upper_disk.mounted) return true;
  leave_unthrottled(&upper_disk);
  if (!mount_disk(&upper_disk, UPPER_PATH, 0, UPPER_OPTIONS, failure)) return false;
  mkdir(UPPER_PATH "/upper", 0755);
  mkdir(UPPER_PATH "/work", 0700);
  return true;
}

bool disks_have_upper(void) { return upper_disk.mounted; }

static bool mount_overlay(const char *options, unsigned long flags) {
  char with_options[256];
  // Both are ext4, so inode numbers can be made unique over both: hard links and `find -xdev` then work as on one disk.
  // What kernels may be built to do by default is off, so that each file of the upper disk says all of itself: the host
  // reads it, too.
  snprintf(with_options, sizeof with_options, "%s,xino=on,redirect_dir=off,metacopy=off", options);
  return mount("overlay", ROOT_PATH, "overlay", flags, with_options) == 0
      || mount("overlay", ROOT_PATH, "overlay", flags, options) == 0;
}

// What a read-only root may lack lies in a layer below it, so that the image wins wherever it has something.
static void make_skeleton(void) {
  static const char *const directories[] = {"/proc", "/sys", "/dev", "/etc"};
  static const char *const files[] = {"/etc/hostname", "/etc/hosts", "/etc/resolv.conf"};
  char path[64];
  for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
    snprintf(path, sizeof path, SKELETON_PATH "%s", directories[i]);
    mkdir(path, 0755);
  }
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(path, sizeof path, SKELETON_PATH "%s", files[i]);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd >= 0) close(fd);
  }
}

bool disks_join(struct failure *failure) {
  if (joined) return true;
  if (!mount_disk(&root_disk, BASE_PATH, MS_RDONLY, ROOT_OPTIONS, failure)) return false;
  if (upper_disk.serial[0] != 0) {
    joined = mount_overlay(
        "lowerdir=" BASE_PATH ",upperdir=" UPPER_PATH "/upper,workdir=" UPPER_PATH "/work", 0);
  } else {
    make_skeleton();
    joined = mount_overlay("lowerdir=" BASE_PATH ":" SKELETON_PATH, MS_RDONLY);
  }
  if (!joined) fail(failure, errno, "join the disks by overlayfs: %s", strerror(errno));
  return joined;
}

void disk_unmount(const char *path) {
  if (umount2(path, 0) == 0 || errno == EINVAL) return;
  log_line("unmount %s: %s", path, strerror(errno));
  if (mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL) < 0) {
    log_line("remount %s read-only: %s", path, strerror(errno));
  }
  umount2(path, MNT_DETACH);
}

void disks_unmount(void) {
  // The overlay first: it holds the others. Unmounting a disk writes out all that it holds.
  if (joined) disk_unmount(ROOT_PATH);
  if (upper_disk.mounted) disk_unmount(UPPER_PATH);
  if (root_disk.mounted) disk_unmount(BASE_PATH);
  sync();
}

void disks_bytes(uint64_t *read, uint64_t *written) {
  const struct disk *const disks[] = {&root_disk, &upper_disk};
  *read = *written = 0;
  for (int i = 0; i < 2; i++) {
    char path[128], text[512];
    if (disks[i]->name[0] == 0) continue;
    snprintf(path, sizeof path, "/sys/block/%s/stat", disks[i]->name);
    if (file_read(path, text, sizeof text) < 0) continue;
    // reads, merged, sectors read, ms, writes, merged, sectors written …
    char *at = text;
    for (int column = 0; column < 7; column++) {
      uint64_t value = strtoull(at, &at, 10);
      if (column == 2) *read += value * SECTOR_BYTES;
      if (column == 6) *written += value * SECTOR_BYTES;
    }
  }
}
