#define _GNU_SOURCE
#include "copy_up.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "linux_abi.h"

// On the volume's directory from before the first file is copied until all are on the disk.
#define UNFINISHED "trusted.container-tui.copying"

// Every level has four descriptors open, of 1024.
enum { DEPTH_MAX = 200, LINKS_MAX = 4096, PATH_BYTES = 4096, XATTR_BYTES = 64 << 10 };

// Files with several names that were copied already: the first name of each. What does not fit becomes a copy.
static struct {
  ino_t inode;
  char *path;
} links[LINKS_MAX];
static size_t link_count;
static int volume;
static char path[PATH_BYTES];  // of what is copied, below the volume's root

static bool copy_directory(int from, int to, int depth);

static bool ignored(int error) { return error == EOPNOTSUPP || error == EPERM || error == ENODATA; }

static bool copy_attributes(int from, int to) {
  static char names[XATTR_BYTES], value[XATTR_BYTES];
  ssize_t length = flistxattr(from, names, sizeof names);
  if (length < 0) return ignored(errno);
  for (const char *name = names; name < names + length; name += strlen(name) + 1) {
    // An image's would have all copied over what is in the volume, at every start.
    if (strcmp(name, UNFINISHED) == 0) continue;
    ssize_t size = fgetxattr(from, name, value, sizeof value);
    if (size >= 0 ? fsetxattr(to, name, value, (size_t)size, 0) < 0 && !ignored(errno) : !ignored(errno)) return false;
  }
  return true;
}

// The owner first: a new one takes away set-user-ID and capabilities. The times last.
static bool finish(int from, int to, const struct stat *status) {
  const struct timespec times[2] = {status->st_atim, status->st_mtim};
  return fchown(to, status->st_uid, status->st_gid) == 0 && fchmod(to, status->st_mode & 07777) == 0
      && copy_attributes(from, to) && futimens(to, times) == 0;
}

static bool copy_content(int from, int to, off_t size) {
  off_t at = 0;
  while (at < size) {
    off_t data = lseek(from, at, SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;
    if (data < 0) return false;
    off_t end = lseek(from, data, SEEK_HOLE);
    if (end < 0 || lseek(to, data, SEEK_SET) < 0) return false;
    while (data < end) {
      ssize_t count = sendfile(to, from, &data, (size_t)(end - data));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
    }
    at = end;
  }
  return ftruncate(to, size) == 0;
}

static bool copy_file(int from, int to, const char *name, const struct stat *status) {
  int target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  bool done = target >= 0 && copy_content(from, target, status->st_size) && finish(from, target, status);
  int error = errno;
  if (target >= 0) close(target);
  errno = error;
  return done;
}

static bool copy_link(int from, int to, const char *name) {
  char target[PATH_BYTES];
  ssize_t length = readlinkat(from, name, target, sizeof target - 1);
  if (length < 0) return false;
  target[length] = 0;
  return symlinkat(target, to, name) == 0;
}

// What has no descriptor that could be read.
static bool copy_special(int from, int to, const char *name, const struct stat *status) {
  const struct timespec times[2] = {status->st_atim, status->st_mtim};
  bool link = S_ISLNK(status->st_mode);
  if (link ? !copy_link(from, to, name) : mknodat(to, name, status->st_mode, status->st_rdev) < 0) return false;
  if (fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW) < 0) return false;
  if (!link && fchmodat(to, name, status->st_mode & 07777, 0) < 0) return false;
  return utimensat(to, name, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static const char *earlier_name(ino_t inode) {
  for (size_t i = 0; i < link_count; i++) {
    if (links[i].inode == inode) return links[i].path;
  }
  return NULL;
}

static void remember(ino_t inode) {
  char *copy = link_count < LINKS_MAX ? strdup(path) : NULL;
  if (copy == NULL) return;
  links[link_count].inode = inode;
  links[link_count++].path = copy;
}

static bool copy_other(int from, int to, const char *name, int fd, const struct stat *status) {
  if (status->st_nlink > 1) {
    const char *earlier = earlier_name(status->st_ino);
    if (earlier != NULL && linkat(volume, earlier, to, name, 0) == 0) return true;
  }
  // Of a copy that was cut short.
  if (unlinkat(to, name, 0) < 0 && errno != ENOENT) return false;
  if (S_ISREG(status->st_mode) ? !copy_file(fd, to, name, status) : !copy_special(from, to, name, status)) return false;
  if (status->st_nlink > 1) remember(status->st_ino);
  return true;
}

static bool copy_entry(int from, int to, const char *name, int depth) {
  struct stat status;
  if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0) return false;
  bool directory = S_ISDIR(status.st_mode);
  int fd = -1;
  if (directory || S_ISREG(status.st_mode)) {
    const struct open_how how = {
        .flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, .resolve = ABI_RESOLVE_NO_XDEV};
    fd = sys_openat2(from, name, &how);
    if (fd < 0 && errno == EXDEV) return true;
    if (fd < 0) return false;
  }
  bool done;
  if (directory) {
    int target = -1;
    if (mkdirat(to, name, 0700) == 0 || errno == EEXIST) {
      target = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    done = target >= 0 && copy_directory(fd, target, depth + 1) && finish(fd, target, &status);
    int error = errno;
    if (target >= 0) close(target);
    errno = error;
  } else {
    done = copy_other(from, to, name, fd, &status);
  }
  int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return done;
}

static DIR *open_list(int fd) {
  int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *list = own >= 0 ? fdopendir(own) : NULL;
  if (list == NULL && own >= 0) close(own);
  return list;
}

static bool is_dot(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

static bool copy_directory(int from, int to, int depth) {
  if (depth > DEPTH_MAX) {
    errno = ELOOP;
    return false;
  }
  DIR *list = open_list(from);
  if (list == NULL) return false;
  const size_t length = strlen(path);
  const struct dirent *entry;
  bool done = true;
  while (done && (entry = readdir(list)) != NULL) {
    if (is_dot(entry->d_name)) continue;
    if (length + strlen(entry->d_name) + 2 > sizeof path) {
      errno = ENAMETOOLONG;
      done = false;
      break;
    }
    snprintf(path + length, sizeof path - length, "%s%s", length == 0 ? "" : "/", entry->d_name);
    done = copy_entry(from, to, entry->d_name, depth);
    path[length] = 0;
  }
  int error = errno;
  closedir(list);
  errno = error;
  return done;
}

static bool is_empty(int fd) {
  DIR *list = open_list(fd);
  if (list == NULL) return false;
  const struct dirent *entry;
  bool empty = true;
  while (empty && (entry = readdir(list)) != NULL) empty = is_dot(entry->d_name);
  closedir(list);
  return empty;
}

static bool copy_all(int from, int to) {
  struct stat status;
  bool cut_short = fgetxattr(to, UNFINISHED, NULL, 0) >= 0;
  if (fstat(from, &status) < 0) return false;
  if (!cut_short && !is_empty(to)) return true;
  if (is_empty(from) && !cut_short) return finish(from, to, &status);
  if (fsetxattr(to, UNFINISHED, "1", 1, 0) < 0) return false;
  volume = to;
  // All of it is on the disk before the mark goes: a machine that dies in between copies once more.
  if (!copy_directory(from, to, 0) || !finish(from, to, &status) || syncfs(to) < 0) return false;
  return fremovexattr(to, UNFINISHED) == 0;
}

bool copy_up(int from, int to) {
  int source = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int target = openat(to, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool done = source >= 0 && target >= 0 && copy_all(source, target);
  int error = errno;
  if (source >= 0) close(source);
  if (target >= 0) close(target);
  errno = error;
  return done;
}
