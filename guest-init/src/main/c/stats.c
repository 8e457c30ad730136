#include "stats.h"

#include <stdlib.h>
#include <string.h>

#include "cgroup.h"
#include "disks.h"
#include "files.h"
#include "network.h"

static void answer_keyed(struct answer *answer, uint16_t tag, const char *text, const char *key, uint64_t unit) {
  uint64_t value;
  if (text_number(text, key, &value)) answer_u64(answer, tag, value * unit);
}

static bool cgroup_number(const char *file, uint64_t *value) {
  char text[64];
  // "max" is no number: no limit.
  if (file_read_at(cgroup_fd(), file, text, sizeof text) <= 0 || text[0] < '0' || text[0] > '9') return false;
  *value = strtoull(text, NULL, 10);
  return true;
}

static void answer_memory(struct answer *answer) {
  static char text[8192];
  uint64_t total = 0, available = 0, value;
  if (file_read("/proc/meminfo", text, sizeof text) > 0) {
    text_number(text, "MemTotal", &total);
    text_number(text, "MemAvailable", &available);
  }
  total *= 1024;
  available *= 1024;
  bool counted = cgroup_number("memory.current", &value);
  answer_u64(answer, TAG_MEMORY_CURRENT, counted ? value : total - available);
  answer_u64(answer, TAG_MEMORY_MAX, cgroup_number("memory.max", &value) && value < total ? value : total);
  if (file_read_at(cgroup_fd(), "memory.stat", text, sizeof text) > 0) {
    answer_keyed(answer, TAG_MEMORY_CACHE, text, "file", 1);
  }
  if (file_read_at(cgroup_fd(), "memory.events", text, sizeof text) > 0) {
    answer_keyed(answer, TAG_OOM_KILLS, text, "oom_kill", 1);
  }
}

void stats_answer(struct answer *answer) {
  char text[1024];
  uint64_t first, second;
  if (file_read_at(cgroup_fd(), "cpu.stat", text, sizeof text) > 0) {
    answer_keyed(answer, TAG_CPU_USER_MICROS, text, "user_usec", 1);
    answer_keyed(answer, TAG_CPU_SYSTEM_MICROS, text, "system_usec", 1);
  }
  answer_memory(answer);
  if (cgroup_number("pids.current", &first)) answer_u64(answer, TAG_PIDS, first);
  if (network_bytes(&first, &second)) {
    answer_u64(answer, TAG_NET_RX_BYTES, first);
    answer_u64(answer, TAG_NET_TX_BYTES, second);
  }
  disks_bytes(&first, &second);
  answer_u64(answer, TAG_BLOCK_READ_BYTES, first);
  answer_u64(answer, TAG_BLOCK_WRITE_BYTES, second);
}
