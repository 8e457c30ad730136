#define _GNU_SOURCE
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "linux_abi.h"
#include "listing.h"
#include "replies.h"
#include "stamps.h"

enum { WAITING_MAX = 16, LIMIT_SECONDS = 5 };

static struct source source;
static pid_t pid;
static uint64_t deadline_ns;
static uint32_t waiting[WAITING_MAX];
static unsigned waiting_count;
static enum outcome { DONE, LATE } outcome;
static struct answer answer;

void helper_init(void) { source = SOURCE_NONE; }

__attribute__((noreturn)) static void list_into(int fd) {
  dup2(fd, 3);
  sys_close_range(4, ~0u);
  signal(SIGALRM, SIG_DFL);
  answer_clear(&answer);
  listing_answer(&answer);
  for (uint32_t written = 0; written < answer.length;) {
    ssize_t count = write(3, answer.bytes + written, answer.length - written);
    if (count <= 0) break;
    written += (uint32_t)count;
  }
  _exit(0);
}

static bool start(void) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  struct clone3_args args = {.exit_signal = SIGCHLD};
  pid = (pid_t)sys_clone3(&args);
  if (pid == 0) list_into(ends[1]);
  int error = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    errno = error;
    return false;
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  source.fd = ends[0];
  deadline_ns = clock_ns() + LIMIT_SECONDS * 1000000000ull;
  answer_clear(&answer);
  return true;
}

bool helper_request(uint32_t request_id) {
  if (waiting_count == WAITING_MAX) {
    errno = EAGAIN;
    return false;
  }
  // While answers are left to be given, a new request gets the same one.
  if (source.fd < 0 && waiting_count == 0 && !start()) return false;
  waiting[waiting_count++] = request_id;
  return true;
}

void helper_forget_requests(void) { waiting_count = 0; }

static void finish(int epoll, enum outcome result) {
  source_close(epoll, &source);
  if (result == LATE) kill(pid, SIGKILL);
  outcome = result;
}

static void read_some(int epoll) {
  watch(epoll, &source, EPOLLIN);
  for (;;) {
    // A full buffer is full for good: what it was filled from has the same size.
    uint32_t left = FRAME_PAYLOAD_MAX - answer.length;
    ssize_t count = left == 0 ? 0 : read(source.fd, answer.bytes + answer.length, left);
    if (count > 0) {
      answer.length += (uint32_t)count;
    } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (clock_ns() >= deadline_ns) finish(epoll, LATE);
      return;
    } else {
      finish(epoll, DONE);
      return;
    }
  }
}

void helper_pump(int epoll, struct ring *outbox) {
  if (source.fd >= 0) read_some(epoll);
  if (source.fd >= 0) return;
  while (waiting_count > 0 && ring_room(outbox) >= FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX) {
    uint32_t request_id = waiting[--waiting_count];
    if (outcome == LATE) reply_error(outbox, request_id, ETIMEDOUT, "the list of processes took too long");
    else reply_ok(outbox, request_id, &answer);
  }
}

uint64_t helper_deadline_ns(void) { return source.fd < 0 ? UINT64_MAX : deadline_ns; }
