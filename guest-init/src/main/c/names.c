#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "early.h"
#include "linux_abi.h"

static const char *const FILES[NAMES] = {
    NAMES_PATH "/hostname", NAMES_PATH "/hosts", NAMES_PATH "/resolv.conf"};
static const char *const TARGETS[NAMES] = {"/etc/hostname", "/etc/hosts", "/etc/resolv.conf"};

static void write_hosts(FILE *file, const struct setup_request *request) {
  fputs("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n", file);
  fputs("ff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n", file);
  const char *address = request->ethernet.address != NULL ? request->ethernet.address : "127.0.1.1";
  fprintf(file, "%.*s\t%s\n", (int)strcspn(address, "/"), address, request->hostname);
  for (uint32_t i = 0; i < request->host_count; i++) fprintf(file, "%s\n", request->hosts[i]);
}

static void write_resolv_conf(FILE *file, const struct setup_request *request) {
  for (uint32_t i = 0; i < request->nameserver_count; i++) fprintf(file, "nameserver %s\n", request->nameservers[i]);
  if (request->search_count == 0) return;
  fputs("search", file);
  for (uint32_t i = 0; i < request->search_count; i++) fprintf(file, " %s", request->searches[i]);
  fputc('\n', file);
}

bool names_prepare(void) {
  for (int name = 0; name < NAMES; name++) {
    int fd = open(FILES[name], O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    close(fd);
  }
  return true;
}

bool names_write(const struct setup_request *request) {
  for (int name = 0; name < NAMES; name++) {
    FILE *file = fopen(FILES[name], "we");
    if (file == NULL) return false;
    if (name == NAME_HOSTNAME) fprintf(file, "%s\n", request->hostname);
    if (name == NAME_HOSTS) write_hosts(file, request);
    if (name == NAME_RESOLV_CONF) write_resolv_conf(file, request);
    if (fclose(file) != 0) return false;
  }
  return true;
}

void names_clone(int files[NAMES]) {
  for (int name = 0; name < NAMES; name++) {
    files[name] = sys_open_tree(AT_FDCWD, FILES[name], ABI_OPEN_TREE_CLONE | O_CLOEXEC);
    if (files[name] < 0) child_fail(errno, "%s: %s", TARGETS[name], strerror(errno));
  }
}

// Makes sure that there is a file to mount over. The image may have a dangling link there.
static bool need_file(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0) return S_ISREG(status.st_mode);
  if (lstat(path, &status) == 0) unlink(path);
  int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  close(fd);
  return true;
}

void names_mount(const int files[NAMES]) {
  mkdir("/etc", 0755);
  for (int name = 0; name < NAMES; name++) {
    // An image that has a directory or worse there keeps it: its programs look elsewhere.
    if (need_file(TARGETS[name])) {
      const unsigned flags = ABI_MOVE_MOUNT_F_EMPTY_PATH | ABI_MOVE_MOUNT_T_SYMLINKS;
      if (sys_move_mount(files[name], "", AT_FDCWD, TARGETS[name], flags) < 0) {
        child_fail(errno, "mount %s: %s", TARGETS[name], strerror(errno));
      }
    }
    close(files[name]);
  }
}
