#include "freezer.h"

#include <errno.h>
#include <string.h>

#include "cgroup.h"
#include "replies.h"
#include "stamps.h"

enum { LIMIT_SECONDS = 5, LOOK_AGAIN_MS = 5 };

static bool on;
static bool under_way;
static uint32_t request;  // to be answered, or 0
static uint64_t deadline_ns, next_look_ns;

bool freezer_is_on(void) { return on; }

bool freezer_request(uint32_t request_id, bool freeze, struct failure *failure) {
  if (under_way && request != 0) {
    fail(failure, EBUSY, "the container is being frozen or thawed already");
    return false;
  }
  if (!cgroup_freeze(freeze)) {
    fail(failure, errno, "%s the container: %s", freeze ? "freeze" : "thaw", strerror(errno));
    return false;
  }
  on = freeze;
  under_way = true;
  request = request_id;
  deadline_ns = clock_ns() + LIMIT_SECONDS * 1000000000ull;
  next_look_ns = 0;
  return true;
}

void freezer_forget_request(void) { request = 0; }

static void finish(struct ring *outbox, bool late) {
  static struct answer nothing;
  under_way = false;
  if (request == 0) return;
  if (late) reply_error(outbox, request, ETIMEDOUT, "the container did not come to a standstill");
  else reply_ok(outbox, request, &nothing);
  request = 0;
}

void freezer_pump(struct ring *outbox) {
  if (!under_way || ring_room(outbox) < REPLY_SMALL) return;
  uint64_t now = clock_ns();
  if (now < next_look_ns) return;
  next_look_ns = now + LOOK_AGAIN_MS * 1000000ull;
  if (cgroup_is_frozen() == on) {
    finish(outbox, false);
  } else if (now >= deadline_ns) {
    if (on) cgroup_freeze(false);
    on = false;
    finish(outbox, true);
  }
}

uint64_t freezer_deadline_ns(void) { return under_way ? next_look_ns : UINT64_MAX; }
