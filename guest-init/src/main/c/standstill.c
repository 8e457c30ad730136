#define _GNU_SOURCE
#include "standstill.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "disks.h"
#include "early.h"
#include "errand.h"
#include "linux_abi.h"
#include "replies.h"
#include "stamps.h"

enum { STOP_SECONDS = 30, STILL_SECONDS = 60, RETRY_SECONDS = 1 };

static enum phase { MOVING, STOPPING, STILL, STARTING } phase;
static struct errand errand = {.source = {.fd = -1}};
static uint32_t request;      // to be answered, or 0
static uint64_t deadline_ns;  // of the answer; in STILL, when the disk is let go
static bool unwanted;         // in STOPPING: to be let go as soon as it stands still

static int on_disk(unsigned long call) {
  int fd = open(UPPER_PATH, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  // Most of what is to be written is written while others can still write.
  if (call == ABI_FIFREEZE) syncfs(fd);
  int error = ioctl(fd, call, 0) < 0 ? errno : 0;
  close(fd);
  return error;
}

static int stop(void) { return on_disk(ABI_FIFREEZE); }

static int start(void) { return on_disk(ABI_FITHAW); }

static uint64_t in_seconds(unsigned seconds) { return clock_ns() + seconds * 1000000000ull; }

static bool let_go(void) {
  if (!errand_start(&errand, start)) {
    deadline_ns = in_seconds(RETRY_SECONDS);
    return false;
  }
  phase = STARTING;
  deadline_ns = in_seconds(STOP_SECONDS);
  return true;
}

bool standstill_request(uint32_t request_id, bool freeze, struct failure *failure) {
  static const struct {
    int error;
    const char *text;
  } refused[][2] = {
      [MOVING] = {{EINVAL, "the disk does not stand still"}, {0, NULL}},
      [STOPPING] = {{EBUSY, "the disk is coming to a standstill"}, {EALREADY, "the disk is coming to a standstill"}},
      [STILL] = {{0, NULL}, {EALREADY, "the disk stands still already"}},
      [STARTING] = {{EBUSY, "the disk is being let go"}, {EBUSY, "the disk is being let go"}},
  };
  if (!disks_have_upper()) {
    fail(failure, ENODEV, "there is no writable disk");
    return false;
  }
  if (refused[phase][freeze].error != 0) {
    fail(failure, refused[phase][freeze].error, "%s", refused[phase][freeze].text);
    return false;
  }
  if (freeze ? !errand_start(&errand, stop) : !let_go()) {
    fail(failure, errno, "a helper for the disk: %s", strerror(errno));
    return false;
  }
  if (freeze) {
    phase = STOPPING;
    deadline_ns = in_seconds(STOP_SECONDS);
    unwanted = false;
  }
  request = request_id;
  return true;
}

void standstill_abandon(void) {
  request = 0;
  unwanted = true;
  if (phase == STILL) deadline_ns = 0;
}

static void answer(struct ring *outbox, int error) {
  static struct answer nothing;
  if (request == 0) return;
  if (error == 0) reply_ok(outbox, request, &nothing);
  else reply_error(outbox, request, (uint32_t)error, "the disk cannot be brought to a standstill, or let go");
  request = 0;
}

static void stopped(struct ring *outbox, int error) {
  answer(outbox, error);
  phase = STILL;
  // A helper that was killed may have done it before.
  deadline_ns = unwanted || error != 0 ? 0 : in_seconds(STILL_SECONDS);
}

static void started(struct ring *outbox, int error) {
  // EINVAL: it does not stand still.
  if (error == EINVAL) error = 0;
  answer(outbox, error);
  phase = error == 0 ? MOVING : STILL;
  deadline_ns = in_seconds(RETRY_SECONDS);
}

void standstill_pump(int epoll, struct ring *outbox) {
  int error;
  if (phase == MOVING || ring_room(outbox) < REPLY_SMALL) return;
  if (phase == STILL) {
    if (clock_ns() >= deadline_ns) let_go();
    return;
  }
  if (!errand_ended(epoll, &errand, &error)) {
    if (request == 0 || clock_ns() < deadline_ns) return;
    answer(outbox, ETIMEDOUT);
    unwanted = true;
  } else if (phase == STOPPING) {
    stopped(outbox, error);
  } else {
    started(outbox, error);
  }
}

uint64_t standstill_deadline_ns(void) {
  return phase == STILL || request != 0 ? deadline_ns : UINT64_MAX;
}

void standstill_end(void) {
  if (phase != MOVING) start();
}
