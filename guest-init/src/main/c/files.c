#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

long file_read_at(int directory, const char *path, char *into, size_t size) {
  int fd = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return -1;
  size_t have = 0;
  while (have < size - 1) {
    ssize_t count = read(fd, into + have, size - 1 - have);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    have += (size_t)count;
  }
  close(fd);
  into[have] = 0;
  return (long)have;
}

long file_read(const char *path, char *into, size_t size) { return file_read_at(AT_FDCWD, path, into, size); }

bool file_write_at(int directory, const char *path, const char *text) {
  int fd = openat(directory, path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return false;
  size_t length = strlen(text);
  ssize_t count = write(fd, text, length);
  int error = errno;
  close(fd);
  errno = error;
  return count == (ssize_t)length;
}

bool file_write(const char *path, const char *text) { return file_write_at(AT_FDCWD, path, text); }

bool text_number(const char *text, const char *key, uint64_t *value) {
  size_t length = strlen(key);
  for (const char *line = text; line != NULL && *line != 0; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncmp(line, key, length) != 0) continue;
    const char *number = line + length;
    if (*number != ' ' && *number != '\t' && *number != ':') continue;
    while (*number == ' ' || *number == '\t' || *number == ':') number++;
    *value = strtoull(number, NULL, 10);
    return true;
  }
  return false;
}
