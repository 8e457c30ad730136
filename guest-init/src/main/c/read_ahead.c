#define _GNU_SOURCE
#include "read_ahead.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "linux_abi.h"

enum { PATH_BYTES = 4096, INTERPRETER_MAX = 255, SEGMENTS_MAX = 64 };

static size_t budget = READ_AHEAD_BYTES;
static char head[PATH_BYTES];  // the start of the file that was read last
static size_t head_length;
static char piece[16 * 1024];

// The image is hostile: what its names lead to may be anything. So it is looked at before it is opened, for opening a
// device or a pipe does something, and the way must stay on the image's disk, for reading the kernel's files does, too.
static int open_plain(const char *path) {
  const struct open_how how = {.flags = O_PATH | O_CLOEXEC,
      .resolve = ABI_RESOLVE_IN_ROOT | ABI_RESOLVE_NO_XDEV | ABI_RESOLVE_NO_MAGICLINKS};
  char again[32];
  struct stat status;
  int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  int found = sys_openat2(root, path, &how);
  close(root);
  if (found < 0) return -1;
  int fd = -1;
  if (fstat(found, &status) == 0 && S_ISREG(status.st_mode)) {
    snprintf(again, sizeof again, "/proc/self/fd/%d", found);
    fd = open(again, O_RDONLY | O_CLOEXEC);
  }
  close(found);
  return fd;
}

static bool read_file(const char *path) {
  int fd = open_plain(path);
  if (fd < 0) return false;
  ssize_t count;
  head_length = 0;
  while (budget > 0 && (count = read(fd, piece, sizeof piece < budget ? sizeof piece : budget)) > 0) {
    if (head_length == 0) {
      head_length = (size_t)count < sizeof head ? (size_t)count : sizeof head;
      memcpy(head, piece, head_length);
    }
    budget -= (size_t)count;
  }
  close(fd);
  return true;
}

// Copies a name that ends at a blank, a line's end or a zero.
static bool copy_name(char name[INTERPRETER_MAX + 1], const char *from, size_t room) {
  size_t length = 0;
  while (length < room && length < INTERPRETER_MAX && strchr(" \t\n", from[length]) == NULL) length++;
  memcpy(name, from, length);
  name[length] = 0;
  return name[0] == '/';
}

// Of the program whose start is in `head`.
static bool interpreter(char name[INTERPRETER_MAX + 1]) {
  Elf64_Ehdr elf;
  if (head_length > 2 && memcmp(head, "#!", 2) == 0) {
    size_t blanks = 2;
    while (blanks < head_length && (head[blanks] == ' ' || head[blanks] == '\t')) blanks++;
    return copy_name(name, head + blanks, head_length - blanks);
  }
  if (head_length < sizeof elf) return false;
  memcpy(&elf, head, sizeof elf);
  if (memcmp(elf.e_ident, ELFMAG, SELFMAG) != 0 || elf.e_ident[EI_CLASS] != ELFCLASS64) return false;
  for (unsigned i = 0; i < elf.e_phnum && i < SEGMENTS_MAX; i++) {
    Elf64_Phdr segment;
    if (elf.e_phoff > head_length || head_length - elf.e_phoff < (i + 1) * sizeof segment) return false;
    memcpy(&segment, head + elf.e_phoff + i * sizeof segment, sizeof segment);
    if (segment.p_type != PT_INTERP) continue;
    if (segment.p_offset >= head_length) return false;
    return copy_name(name, head + segment.p_offset, head_length - segment.p_offset);
  }
  return false;
}

// The C library lies where the dynamic linker does, once its links are followed.
static void read_library(const char *linker) {
  char link[32], target[PATH_BYTES];
  int fd = open_plain(linker);
  if (fd < 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, target, sizeof target - sizeof "libc.so.6");
  close(fd);
  while (length > 0 && target[length - 1] != '/') length--;
  if (length <= 0) return;
  strcpy(target + length, "libc.so.6");
  read_file(target);
}

static bool find(const char *program, const char *path) {
  char candidate[PATH_BYTES];
  if (strchr(program, '/') != NULL) return read_file(program);
  for (; *path != 0; path += *path == ':') {
    size_t length = strcspn(path, ":");
    int size = snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, path, program);
    if (size > 0 && size < (int)sizeof candidate && read_file(candidate)) return true;
    path += length;
  }
  return false;
}

void read_ahead(const char *program, const char *path) {
  static const char *const always[] = {"/etc/passwd", "/etc/group", "/etc/ld.so.cache"};
  char name[INTERPRETER_MAX + 1];
  for (size_t i = 0; i < sizeof always / sizeof *always; i++) read_file(always[i]);
  if (*program == 0 || !find(program, *path == 0 ? DEFAULT_PATH : path)) return;
  // A script's interpreter has one of its own.
  for (int depth = 0; depth < 2 && interpreter(name); depth++) {
    if (!read_file(name)) return;
    read_library(name);
  }
}
