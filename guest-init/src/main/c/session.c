#include "session.h"

#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "fatal.h"
#include "freezer.h"
#include "helper.h"
#include "inbox.h"
#include "limits.h"
#include "log.h"
#include "pump.h"
#include "replies.h"
#include "serve.h"
#include "shutdown.h"
#include "spawn.h"
#include "stamps.h"
#include "standstill.h"

enum { RECEIVED_BYTES = 16 * 1024, DRAIN_MS = 100, SPAWN_REPLY_ROOM = 2048, STALE_HANGUP_MS = 1000 };

static struct port *port;
static int epoll = -1;
static bool connected;
// PREPARE is the last thing that a client says. It is forgotten once it has its answer, not when its hang-up is seen:
// that may be after a template was made, and take the next client for it.
static bool said_farewell;
static uint32_t lease_ms;
static uint64_t lease_deadline_ns = UINT64_MAX;
static uint64_t hello_ns;

static struct inbox inbox;
static uint8_t received[RECEIVED_BYTES];
static size_t received_count, received_used;

static uint8_t outbox_bytes[OUTBOX_BYTES];
static struct ring outbox = {.bytes = outbox_bytes, .size = OUTBOX_BYTES};
static bool congested;  // outputs waited for room when they were last looked at

void session_init(struct port *the_port, int the_epoll) {
  port = the_port;
  epoll = the_epoll;
  inbox_hunt(&inbox);
}

static void start_lease(void) {
  if (lease_ms != 0) lease_deadline_ns = clock_ns() + lease_ms * 1000000ull;
}

static void lose_client(void) {
  inbox_hunt(&inbox);
  ring_clear(&outbox);
  processes_detach();
  helper_forget_requests();
  freezer_forget_request();
  limits_forget_request();
  standstill_abandon();
  if (connected) start_lease();
  connected = said_farewell = false;
}

// A virtio-serial port's bytes and its news that the host left or came travel on different ways. A hang-up that is seen
// just after a HELLO is that of the client before, and must not cost the new one its connection: it stays, but nothing
// is sent until the port is open again. If it really left, the next client's preamble ends what it began.
static void hear_hangup(void) {
  bool stale = connected && port->listener < 0 && clock_ns() - hello_ns < STALE_HANGUP_MS * 1000000ull;
  if (stale) start_lease();
  else if (connected || port->listener >= 0) lose_client();
}

static bool greet(const struct frame *frame) {
  static struct hello_request hello;
  static struct answer answer;
  struct utsname system;
  if (frame->type != FRAME_HELLO || !hello_parse(frame, &hello)) return false;
  uname(&system);
  answer_clear(&answer);
  answer_u32(&answer, TAG_VERSION, 1);
  answer_bytes(&answer, TAG_NONCE, hello.nonce.at, hello.nonce.length);
  answer_string(&answer, TAG_ARCH, system.machine);
  answer_string(&answer, TAG_RELEASE, system.release);
  answer_u64(&answer, TAG_CLOCK, clock_ns());
  answer_u32(&answer, TAG_FROZEN, freezer_is_on());
  stamps_answer(&answer, STEP_INIT, STEP_PROCESS);
  processes_answer(&answer);
  ring_clear(&outbox);
  ring_put(&outbox, (const uint8_t *)MAGIC, MAGIC_BYTES);
  ring_put_frame(&outbox, FRAME_HELLO_OK, 0, answer.bytes, answer.length);
  lease_ms = hello.lease_ms;
  lease_deadline_ns = UINT64_MAX;
  hello_ns = clock_ns();
  connected = true;
  return true;
}

static void send_some(void) {
  while (outbox.length > 0) {
    const uint8_t *bytes;
    size_t run = ring_front(&outbox, &bytes);
    size_t written = port_write(port, bytes, run);
    if (written == 0) return;
    ring_drop(&outbox, written);
  }
}

__attribute__((noreturn)) static void shut_down(uint32_t request_id) {
  shutdown_machine();
  if (request_id != 0) {
    static struct answer nothing;
    reply_ok(&outbox, request_id, &nothing);
    const uint64_t deadline = clock_ns() + DRAIN_MS * 1000000ull;
    while (outbox.length > 0 && port->fd >= 0 && clock_ns() < deadline) {
      struct pollfd waiting = {.fd = port->fd, .events = POLLOUT};
      poll(&waiting, 1, 10);
      port->writable = true;
      send_some();
    }
  }
  log_line("powering off");
  power_off();
}

static void take_frame(const struct frame *frame) {
  if (!connected) {
    if (!greet(frame)) lose_client();
    return;
  }
  switch (serve(epoll, frame, &outbox)) {
    case SERVED:
      said_farewell = frame->type == FRAME_PREPARE && serve_is_template();
      break;
    case SERVE_BROKEN:
      lose_client();
      break;
    case SERVE_SHUTDOWN:
      shut_down(frame->id);
  }
}

// Takes in frames for as long as the longest reply to one has room.
static void receive_some(void) {
  while (ring_room(&outbox) >= REPLY_ROOM) {
    if (received_used == received_count) {
      ssize_t count = port_read(port, received, sizeof received);
      received_used = received_count = 0;
      if (count == 0) return;
      if (count < 0) {
        hear_hangup();
        port_on_events(port, epoll, 0, true);
        if (port->fd < 0 || !port->readable) return;
        continue;
      }
      received_count = (size_t)count;
    }
    struct frame frame;
    size_t taken;
    switch (inbox_feed(&inbox, received + received_used, received_count - received_used, &taken, &frame)) {
      case INBOX_FRAME:
        received_used += taken;
        take_frame(&frame);
        break;
      case INBOX_BROKEN:
        received_used += taken;
        lose_client();
        break;
      case INBOX_MAGIC:
      case INBOX_MORE:
        received_used += taken;
    }
  }
}

static void progress_spawn(struct process *process) {
  static struct answer answer;
  struct failure failure;
  if (ring_room(&outbox) < SPAWN_REPLY_ROOM) return;
  uint32_t request_id = process->spawn_request;
  enum spawn_outcome outcome = spawn_progress(epoll, process, &failure);
  if (outcome == SPAWN_DONE) {
    if (process->main) stamp(STEP_PROCESS);
    answer_clear(&answer);
    answer_u32(&answer, TAG_PID, (uint32_t)process->pid);
    answer_u32(&answer, TAG_CREDIT_IN, process->in.credit);
    if (process->main) stamps_answer(&answer, STEP_PROCESS, STEP_PROCESS);
    if (request_id != 0) reply_ok(&outbox, request_id, &answer);
  } else if (outcome == SPAWN_FAILED && request_id != 0) {
    reply_error(&outbox, request_id, failure.error, failure.text);
    process_forget(epoll, process);
  }
}

static void move_data(void) {
  // Begins with another process each time, so that the first ones cannot fill the outbox for ever.
  static unsigned first;
  first = (first + 1) % PROCESSES_MAX;
  pump_begin();
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    struct process *process = process_at((first + i) % PROCESSES_MAX);
    if (process->state == PROCESS_FREE) continue;
    if (process->state == PROCESS_SPAWNING) progress_spawn(process);
    if (process->state == PROCESS_RUNNING && process->reaped) {
      process->state = PROCESS_ENDED;
      if (process->terminal_peer >= 0) close(process->terminal_peer);
      process->terminal_peer = -1;
    }
    pump(epoll, process, &outbox, connected && port->online);
  }
}

void session_round(void) {
  receive_some();
  if (connected && port->online) lease_deadline_ns = UINT64_MAX;
  helper_pump(epoll, &outbox);
  freezer_pump(&outbox);
  limits_pump(epoll, &outbox);
  standstill_pump(epoll, &outbox);
  move_data();
  congested = !pump_has_room(&outbox);
  send_some();
  if (said_farewell && outbox.length == 0) lose_client();
  if (clock_ns() >= lease_deadline_ns) {
    log_line("no client for %u ms", lease_ms);
    shut_down(0);
  }
}

uint64_t session_deadline_ns(void) {
  const uint64_t deadlines[] = {helper_deadline_ns(), freezer_deadline_ns(), limits_deadline_ns(),
      standstill_deadline_ns(), pump_deadline_ns(), lease_deadline_ns};
  uint64_t first = UINT64_MAX;
  for (size_t i = 0; i < sizeof deadlines / sizeof *deadlines; i++) {
    if (deadlines[i] < first) first = deadlines[i];
  }
  return first;
}

bool session_is_busy(void) {
  // Sending may have made the room that others were waiting for, without an event to come.
  if (congested && pump_has_room(&outbox)) return true;
  bool unread = received_used < received_count || (port->fd >= 0 && port->readable);
  return (unread && ring_room(&outbox) >= REPLY_ROOM) || (outbox.length > 0 && port->writable);
}
