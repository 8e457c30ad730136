#include "stamps.h"

#include <string.h>
#include <time.h>

#include "bytes.h"

static uint64_t stamps[STEPS];

uint64_t clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void stamp(enum step step) { stamps[step] = clock_ns(); }

void stamps_answer(struct answer *answer, enum step first, enum step last) {
  static const char *const names[STEPS] = {"init", "modules", "channel", "disks", "mounts", "network", "process"};
  for (unsigned step = first; step <= (unsigned)last; step++) {
    if (stamps[step] == 0) continue;
    uint32_t length = (uint32_t)strlen(names[step]);
    uint8_t *at = answer_field(answer, TAG_STAMP, 8 + length);
    if (at == NULL) return;
    put_u64(at, stamps[step]);
    memcpy(at + 8, names[step], length);
  }
}
