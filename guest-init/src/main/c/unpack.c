#define _GNU_SOURCE
#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "entry.h"

enum { BUFFER_BYTES = 65536, WALK_DESCRIPTORS = 16, DIRECTORY_MODE = 0755 };

static bool careful;  // neither a directory for something else nor the other way round
static int destination = -1;

static struct entry entry;
static char path[ENTRY_PATH_MAX + 1], target[ENTRY_PATH_MAX + 1];

static uint8_t buffer[BUFFER_BYTES];
static size_t buffer_start, buffer_end;

// One line: what a name holds must not make another one.
__attribute__((noreturn, format(printf, 1, 2))) static void stop(const char *format, ...) {
  char line[ENTRY_PATH_MAX + 256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  for (char *at = line; *at != 0; at++) {
    if ((unsigned char)*at < ' ' || *at == 127) *at = '?';
  }
  dprintf(STDERR_FILENO, "unpack: %s\n", line);
  _exit(1);
}

__attribute__((noreturn)) static void stop_at(const char *what) { stop("%s: %s: %s", path, what, strerror(errno)); }

// The next bytes of standard input that lie in one piece, at most `most`; at least one.
static size_t next_piece(size_t most, const uint8_t **piece) {
  while (buffer_start == buffer_end) {
    ssize_t count = read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) stop("read the stream: %s", strerror(errno));
    if (count == 0) stop("the stream ends early");
    buffer_start = 0;
    buffer_end = (size_t)count;
  }
  size_t count = buffer_end - buffer_start;
  if (count > most) count = most;
  *piece = buffer + buffer_start;
  buffer_start += count;
  return count;
}

static void take(void *into, size_t count) {
  for (size_t done = 0; done < count;) {
    const uint8_t *piece;
    size_t size = next_piece(count - done, &piece);
    memcpy((uint8_t *)into + done, piece, size);
    done += size;
  }
}

static void take_name(char *into, uint32_t length) {
  take(into, length);
  into[length] = 0;
}

static void make_parents(void) {
  for (char *at = path; (at = strchr(at, '/')) != NULL; at++) {
    *at = 0;
    if (mkdir(path, DIRECTORY_MODE) < 0 && errno != EEXIST) stop_at("make a directory");
    *at = '/';
  }
}

// Makes the parent of the entry the working directory; links on the way are followed. The entry's name in it, or null.
static const char *enter_parent(bool make) {
  if (fchdir(destination) < 0) stop_at("the destination");
  char *slash = strrchr(path, '/');
  if (slash == NULL) return path;
  for (int attempt = 0; attempt < 2; attempt++) {
    *slash = 0;
    int result = chdir(path);
    *slash = '/';
    if (result == 0) return slash + 1;
    if (!make) return NULL;
    if (attempt > 0 || errno != ENOENT) break;
    make_parents();
  }
  stop_at("its directory");
}

static int remove_one(const char *name, const struct stat *status, int kind, struct FTW *walk) {
  (void)status;
  (void)kind;
  (void)walk;
  return remove(name);
}

// True if there is a directory that the entry's directory becomes.
static bool make_room(const char *name) {
  struct stat status;
  if (lstat(name, &status) < 0) {
    if (errno != ENOENT) stop_at("look at it");
    return false;
  }
  bool directory = S_ISDIR(status.st_mode), wanted = entry.type == ENTRY_DIRECTORY;
  if (directory && wanted) return true;
  if (careful && directory) stop("%s: cannot overwrite directory with non-directory: file exists", path);
  if (careful && wanted) stop("%s: cannot overwrite non-directory with directory: file exists", path);
  if (directory ? nftw(name, remove_one, WALK_DESCRIPTORS, FTW_DEPTH | FTW_PHYS) != 0 : unlink(name) < 0) {
    stop_at("remove what is there");
  }
  return false;
}

static void copy_content(int fd) {
  for (uint64_t left = entry.size; left > 0;) {
    const uint8_t *piece;
    size_t count = next_piece(left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES, &piece);
    left -= count;
    while (count > 0) {
      ssize_t written = write(fd, piece, count);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) stop_at("write");
      piece += written;
      count -= (size_t)written;
    }
  }
}

// By descriptor where there is one, because a container that runs may exchange names.
static void set_attributes(int fd, const char *name) {
  static char key[ATTRIBUTE_NAME_MAX + 1];
  static uint8_t value[ATTRIBUTE_VALUE_MAX];
  for (uint32_t i = 0; i < entry.attribute_count; i++) {
    uint8_t header[ATTRIBUTE_HEADER_BYTES];
    struct attribute attribute;
    take(header, sizeof header);
    if (!attribute_parse(header, &attribute)) stop("%s: an extended attribute that breaks the rules", path);
    take_name(key, attribute.name_length);
    take(value, attribute.value_length);
    int result = fd >= 0 ? fsetxattr(fd, key, value, attribute.value_length, 0)
                         : lsetxattr(name, key, value, attribute.value_length, 0);
    if (result < 0 && errno != EOPNOTSUPP && errno != EPERM) stop_at("extended attribute");
  }
}

// The owner first: a new one takes away set-user-ID and capabilities. The time last.
static void finish(int fd, const char *name) {
  const struct timespec times[2] = {
      {.tv_sec = entry.seconds, .tv_nsec = entry.nanoseconds}, {.tv_sec = entry.seconds, .tv_nsec = entry.nanoseconds}};
  if (fd < 0 ? lchown(name, entry.uid, entry.gid) < 0 : fchown(fd, entry.uid, entry.gid) < 0) stop_at("owner");
  // What has no descriptor here was made with its mode, or has none.
  if (fd >= 0 && fchmod(fd, entry.mode) < 0) stop_at("mode");
  set_attributes(fd, name);
  if (fd < 0 ? utimensat(AT_FDCWD, name, times, AT_SYMLINK_NOFOLLOW) < 0 : futimens(fd, times) < 0) stop_at("time");
  if (fd >= 0) close(fd);
}

static int open_directory(const char *name) {
  return open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void set_directory_time(void) {
  const char *name = enter_parent(false);
  int fd = name == NULL ? -1 : open_directory(name);
  if (fd < 0) return;
  const struct timespec times[2] = {
      {.tv_nsec = UTIME_OMIT}, {.tv_sec = entry.seconds, .tv_nsec = entry.nanoseconds}};
  if (futimens(fd, times) < 0) stop_at("time");
  close(fd);
}

static void make(void) {
  const char *name = enter_parent(true);
  bool kept = make_room(name);
  int fd = -1;
  switch (entry.type) {
    case ENTRY_DIRECTORY:
      if (!kept && mkdir(name, 0700) < 0) stop_at("make");
      fd = open_directory(name);
      if (fd < 0) stop_at("open");
      break;
    case ENTRY_FILE:
      fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      if (fd < 0) stop_at("make");
      copy_content(fd);
      break;
    case ENTRY_HARD_LINK:
      if (linkat(destination, target, AT_FDCWD, name, 0) < 0) stop_at("link");
      return;
    case ENTRY_SYMBOLIC_LINK:
      if (symlink(target, name) < 0) stop_at("make");
      break;
    default: {
      mode_t kind = entry.type == ENTRY_FIFO ? S_IFIFO : entry.type == ENTRY_BLOCK_DEVICE ? S_IFBLK : S_IFCHR;
      if (mknod(name, kind | entry.mode, makedev(entry.major, entry.minor)) < 0) stop_at("make");
    }
  }
  finish(fd, name);
}

void unpack(bool no_overwrite) {
  uint8_t header[ENTRY_HEADER_BYTES];
  careful = no_overwrite;
  umask(0);
  destination = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (destination < 0) stop("the destination: %s", strerror(errno));
  for (;;) {
    take(header, sizeof header);
    if (!entry_parse(header, &entry)) stop("an entry that breaks the rules");
    if (entry.type == ENTRY_END) _exit(0);
    take_name(path, entry.path_length);
    if (!entry_path_allowed(path, entry.path_length)) stop("%s: not a path below the destination", path);
    take_name(target, entry.target_length);
    if (entry.type == ENTRY_HARD_LINK ? !entry_path_allowed(target, entry.target_length)
                                      : strlen(target) != entry.target_length) {
      stop("%s: not a target of a link", path);
    }
    if (entry.type == ENTRY_DIRECTORY_TIME) set_directory_time();
    else make();
  }
}
