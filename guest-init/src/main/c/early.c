#include "early.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fatal.h"
#include "log.h"

static void mount_for_self(const char *type, const char *target, unsigned long flags, const char *options) {
  if (mkdir(target, 0755) < 0 && errno != EEXIST) fatal("cannot make %s: %s", target, strerror(errno));
  if (mount(type, target, type, flags, options) < 0) fatal("cannot mount %s: %s", target, strerror(errno));
}

void early_mounts(void) {
  const unsigned long plain = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  // pivot_root(2) refuses the kernel's rootfs, so init and with it each container lives in a tmpfs on top of it.
  mount_for_self("tmpfs", "/.init", MS_NOSUID, "mode=0755,size=16m");
  if (chdir("/.init") < 0) fatal("cannot enter the new root: %s", strerror(errno));
  mount_for_self("devtmpfs", "dev", MS_NOSUID, NULL);
  log_open("dev/console");
  mount_for_self("proc", "proc", plain, NULL);
  mount_for_self("sysfs", "sys", plain, NULL);
  // nsdelegate: a container cannot lift the limits of its own cgroup.
  if (mount("cgroup2", "sys/fs/cgroup", "cgroup2", plain, "nsdelegate") < 0) {
    log_line("no cgroups: %s", strerror(errno));
  }
  static const char *const directories[] = {BASE_PATH, UPPER_PATH, SKELETON_PATH, ROOT_PATH, NAMES_PATH,
      MOUNTS_PATH, STAGE_PATH};
  for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) mkdir(directories[i] + 1, 0755);
}

static void remove_initramfs(void) {
  DIR *modules = opendir("/modules");
  if (modules != NULL) {
    const struct dirent *entry;
    while ((entry = readdir(modules)) != NULL) unlinkat(dirfd(modules), entry->d_name, 0);
    closedir(modules);
    rmdir("/modules");
  }
  unlink("/init");
}

void early_switch_root(void) {
  remove_initramfs();
  if (mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0 || chdir("/") < 0) {
    fatal("cannot switch to the new root: %s", strerror(errno));
  }
}
