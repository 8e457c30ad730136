#include "listing.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "files.h"

enum { LISTED_MAX = 1024, COMMAND_MAX = 4096, INFO_BYTES = 32 };

struct entry {
  uint32_t pid, inner_pid;
};

static struct entry entries[LISTED_MAX];
static unsigned entry_count;

// "NSpid: outer inner": the second number is the PID in the container. False if it is not in one.
static bool inner_pid_of(const char *status, uint32_t *inner) {
  const char *line = strstr(status, "\nNSpid:");
  if (line == NULL) return false;
  char *end;
  strtoul(line + 7, &end, 10);
  if (*end != '\t') return false;
  *inner = (uint32_t)strtoul(end, NULL, 10);
  return true;
}

static uint32_t inner_of(uint32_t pid) {
  for (unsigned i = 0; i < entry_count; i++) {
    if (entries[i].pid == pid) return entries[i].inner_pid;
  }
  return 0;
}

static long read_of(uint32_t pid, const char *file, char *into, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%u/%s", pid, file);
  return file_read(path, into, size);
}

static void collect(void) {
  entry_count = 0;
  DIR *proc = opendir("/proc");
  if (proc == NULL) return;
  const struct dirent *found;
  while (entry_count < LISTED_MAX && (found = readdir(proc)) != NULL) {
    char status[4096];
    uint32_t pid = (uint32_t)strtoul(found->d_name, NULL, 10);
    if (pid == 0 || read_of(pid, "status", status, sizeof status) < 0) continue;
    if (inner_pid_of(status, &entries[entry_count].inner_pid)) entries[entry_count++].pid = pid;
  }
  closedir(proc);
}

static uint64_t cpu_micros(uint32_t pid) {
  char text[1024];
  if (read_of(pid, "stat", text, sizeof text) < 0) return 0;
  // The name may hold blanks and parentheses; the fields begin behind its last one. utime and stime are the 14th and 15th.
  char *at = strrchr(text, ')');
  if (at == NULL) return 0;
  at++;
  for (int field = 3; field < 14 && at != NULL; field++) at = strchr(at + 1, ' ');
  if (at == NULL) return 0;
  uint64_t user = strtoull(at, &at, 10);
  uint64_t system = strtoull(at, &at, 10);
  return (user + system) * (1000000u / (uint64_t)sysconf(_SC_CLK_TCK));
}

static uint32_t command_of(uint32_t pid, const char *status, char command[COMMAND_MAX + 1]) {
  long length = read_of(pid, "cmdline", command, COMMAND_MAX + 1);
  while (length > 0 && command[length - 1] == 0) length--;
  for (long i = 0; i < length; i++) {
    if (command[i] == 0) command[i] = ' ';
  }
  if (length > 0) return (uint32_t)length;
  // A zombie has no arguments any more.
  const char *name = status + strspn(status, "Name:\t");
  return (uint32_t)snprintf(command, COMMAND_MAX, "[%.*s]", (int)strcspn(name, "\n"), name);
}

static bool answer_entry(struct answer *answer, const struct entry *entry) {
  static char status[4096], command[COMMAND_MAX + 1];
  uint64_t parent = 0, uid = 0, resident = 0;
  if (read_of(entry->pid, "status", status, sizeof status) < 0) return true;
  text_number(status, "PPid", &parent);
  text_number(status, "Uid", &uid);
  text_number(status, "VmRSS", &resident);
  const char *state = strstr(status, "\nState:\t");
  uint32_t length = command_of(entry->pid, status, command);
  uint8_t *at = answer_field(answer, TAG_PROCESS_INFO, INFO_BYTES + length);
  if (at == NULL) return false;
  put_u32(at, entry->inner_pid);
  put_u32(at + 4, inner_of((uint32_t)parent));
  put_u32(at + 8, (uint32_t)uid);
  put_u32(at + 12, state == NULL ? '?' : (uint8_t)state[8]);
  put_u64(at + 16, cpu_micros(entry->pid));
  put_u64(at + 24, resident * 1024);
  memcpy(at + INFO_BYTES, command, length);
  return true;
}

void listing_answer(struct answer *answer) {
  collect();
  for (unsigned i = 0; i < entry_count; i++) {
    if (!answer_entry(answer, &entries[i])) return;
  }
}
