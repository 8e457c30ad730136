#define _GNU_SOURCE
#include "limits.h"

#include <errno.h>
#include <string.h>

#include "cgroup.h"
#include "errand.h"
#include "replies.h"
#include "stamps.h"

enum { LIMIT_SECONDS = 10 };

// The kernel makes room before it takes a lower memory limit, so another process asks for it.
static struct errand errand = {.source = {.fd = -1}};
static struct limits_request limits;
static uint32_t request;  // to be answered, or 0
static uint64_t deadline_ns;

static int change(void) { return cgroup_change(&limits) ? 0 : errno; }

bool limits_request(uint32_t request_id, const struct limits_request *wanted, struct failure *failure) {
  if (errand_under_way(&errand)) {
    fail(failure, EBUSY, "the container's limits are being changed already");
    return false;
  }
  limits = *wanted;
  if (!errand_start(&errand, change)) {
    fail(failure, errno, "change the container's limits: %s", strerror(errno));
    return false;
  }
  request = request_id;
  deadline_ns = clock_ns() + LIMIT_SECONDS * 1000000000ull;
  return true;
}

void limits_forget_request(void) { request = 0; }

void limits_pump(int epoll, struct ring *outbox) {
  static struct answer nothing;
  int error;
  if (!errand_under_way(&errand) || ring_room(outbox) < REPLY_SMALL) return;
  bool ended = errand_ended(epoll, &errand, &error);
  if (request == 0 || (!ended && clock_ns() < deadline_ns)) return;
  if (!ended) reply_error(outbox, request, ETIMEDOUT, "the container's limits: the kernel is still making room");
  else if (error != 0) reply_error(outbox, request, (uint32_t)error, "the container's limits cannot be changed");
  else reply_ok(outbox, request, &nothing);
  request = 0;
}

uint64_t limits_deadline_ns(void) { return errand_under_way(&errand) && request != 0 ? deadline_ns : UINT64_MAX; }
