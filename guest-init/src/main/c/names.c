#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "early.h"
#include "linux_abi.h"

static const char *const FILES[NAMES] = {
    NAMES_PATH "/hostname", NAMES_PATH "/hosts", NAMES_PATH "/resolv.conf"};
static const char *const TARGETS[NAMES] = {"/etc/hostname", "/etc/hosts", "/etc/resolv.conf"};

// A file being written. Without stdio: its buffers would be the first memory that init asks for.
struct text {
  int fd;
  size_t length;
  bool failed;
  char bytes[1024];
};

static void flush(struct text *text) {
  for (size_t done = 0; done < text->length && !text->failed;) {
    ssize_t count = write(text->fd, text->bytes + done, text->length - done);
    if (count > 0) done += (size_t)count;
    else text->failed = true;
  }
  text->length = 0;
}

static void put(struct text *text, const char *bytes, size_t count) {
  while (count > 0) {
    if (text->length == sizeof text->bytes) flush(text);
    size_t room = sizeof text->bytes - text->length;
    size_t piece = count < room ? count : room;
    memcpy(text->bytes + text->length, bytes, piece);
    text->length += piece;
    bytes += piece;
    count -= piece;
  }
}

static void put_string(struct text *text, const char *string) { put(text, string, strlen(string)); }

static void put_line(struct text *text, const char *head, const char *rest) {
  put_string(text, head);
  put_string(text, rest);
  put_string(text, "\n");
}

static void write_hosts(struct text *text, const struct setup_request *request) {
  put_string(text, "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
  put_string(text, "ff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n");
  const char *address = request->ethernet.address != NULL ? request->ethernet.address : "127.0.1.1";
  put(text, address, strcspn(address, "/"));
  put_line(text, "\t", request->hostname);
  for (uint32_t i = 0; i < request->host_count; i++) put_line(text, "", request->hosts[i]);
}

static void write_resolv_conf(struct text *text, const struct setup_request *request) {
  for (uint32_t i = 0; i < request->nameserver_count; i++) put_line(text, "nameserver ", request->nameservers[i]);
  if (request->search_count == 0) return;
  put_string(text, "search");
  for (uint32_t i = 0; i < request->search_count; i++) {
    put_string(text, " ");
    put_string(text, request->searches[i]);
  }
  put_string(text, "\n");
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
  static struct text text;
  for (int name = 0; name < NAMES; name++) {
    text = (struct text){.fd = open(FILES[name], O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644)};
    if (text.fd < 0) return false;
    if (name == NAME_HOSTNAME) put_line(&text, "", request->hostname);
    if (name == NAME_HOSTS) write_hosts(&text, request);
    if (name == NAME_RESOLV_CONF) write_resolv_conf(&text, request);
    flush(&text);
    close(text.fd);
    if (text.failed) return false;
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
