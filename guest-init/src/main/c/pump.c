#include "pump.h"

#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "bytes.h"
#include "stamps.h"

enum {
  CHUNK_BYTES = 32 * 1024,    // read from one channel in one round, so that none starves the others
  GRANT_BYTES = 16 * 1024,    // credit is granted in pieces of this size, or when the buffer is empty
  SMALL_ROOM = 512,           // for EOF, CREDIT and EXITED
  OUTPUT_ROOM = 4096,         // below, frames would become too small to be worth it
  PIECE_BYTES = 1024,         // less than this at once from a terminal is a piece of something
  GATHER_NS = 2000000,        // so long its next pieces are gathered
};

static uint8_t chunk[CHUNK_BYTES];
static uint64_t deadline_ns = UINT64_MAX;

void pump_begin(void) { deadline_ns = UINT64_MAX; }

uint64_t pump_deadline_ns(void) { return deadline_ns; }

bool pump_has_room(const struct ring *outbox) {
  return ring_room(outbox) >= REPLY_ROOM + FRAME_HEADER_BYTES + OUTPUT_ROOM;
}

static void pump_input(int epoll, struct process *process, struct ring *outbox, bool connected) {
  struct input *in = &process->in;
  if (process->state == PROCESS_ENDED) source_close(epoll, &in->source);
  bool blocked = in->source.registered != 0 && !in->source.ready;
  while (in->source.fd >= 0 && in->buffer.length > 0 && !blocked) {
    const uint8_t *bytes;
    size_t run = ring_front(&in->buffer, &bytes);
    ssize_t count = write(in->source.fd, bytes, run);
    if (count > 0) {
      ring_drop(&in->buffer, (size_t)count);
      in->passed += (uint32_t)count;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && errno == EAGAIN) {
      blocked = true;
    } else {
      source_close(epoll, &in->source);
    }
  }
  in->source.ready = false;
  if (in->source.fd < 0 && process->state != PROCESS_SPAWNING && in->buffer.length > 0) {
    in->passed += (uint32_t)in->buffer.length;
    ring_clear(&in->buffer);
  }
  if (in->eof && in->buffer.length == 0 && !process->terminal) source_close(epoll, &in->source);
  watch(epoll, &in->source, in->buffer.length > 0 ? EPOLLOUT : 0);

  bool grant = in->passed >= GRANT_BYTES || (in->passed > 0 && in->buffer.length == 0);
  if (!grant || !connected || !process->attached || in->eof || process->state != PROCESS_RUNNING) return;
  if (ring_room(outbox) < SMALL_ROOM) return;
  uint8_t payload[8];
  put_u32(payload, CHANNEL_IN);
  put_u32(payload + 4, in->passed);
  ring_put_frame(outbox, FRAME_CREDIT, process->handle, payload, sizeof payload);
  in->credit += in->passed;
  in->passed = 0;
}

static bool holds_data(int fd) {
  struct pollfd waiting = {.fd = fd, .events = POLLIN};
  return poll(&waiting, 1, 0) > 0 && (waiting.revents & POLLIN) != 0;
}

// How many bytes of the channel may be sent now, in one frame.
static size_t sendable(const struct output *output, const struct ring *outbox) {
  size_t room = pump_has_room(outbox) ? ring_room(outbox) - REPLY_ROOM - FRAME_HEADER_BYTES : 0;
  size_t limit = output->credit < room ? output->credit : room;
  return limit < CHUNK_BYTES ? limit : CHUNK_BYTES;
}

static void send_data(const struct process *process, struct output *output, uint8_t type, struct ring *outbox,
    const uint8_t *bytes, size_t count) {
  ring_put_frame(outbox, type, process->handle, bytes, count);
  output->credit -= (uint32_t)count;
  if (process->retained) output->sent += count;
  else output->start += count;
}

// What an earlier client was sent and did not acknowledge. All that has room, because no event would bring the rest.
static void resend(const struct process *process, struct output *output, uint8_t type, struct ring *outbox) {
  const uint8_t *bytes;
  size_t run, limit;
  while ((run = ring_behind(&output->kept, output->sent, &bytes)) > 0 && (limit = sendable(output, outbox)) > 0) {
    send_data(process, output, type, outbox, bytes, run < limit ? run : limit);
  }
}

// A terminal hands on each end of a line by itself, and who waits for it is woken each time: a program's picture would
// go out in frames of some bytes. What comes first goes at once; what follows close behind waits for its fellows.
static bool gathers(const struct output *output) {
  uint64_t until = output->piece_ns + GATHER_NS;
  if (output->piece_ns == 0 || clock_ns() >= until) return false;
  if (until < deadline_ns) deadline_ns = until;
  return true;
}

static void pump_output(
    int epoll, struct process *process, struct output *output, uint8_t type, struct ring *outbox, bool connected) {
  struct source *source = &output->source;
  bool ended = process->state == PROCESS_ENDED;
  bool listening = connected && process->attached;
  if (listening) resend(process, output, type, outbox);
  size_t limit = sendable(output, outbox);
  if (process->retained && limit > ring_room(&output->kept)) limit = ring_room(&output->kept);
  bool may_send = listening && limit > 0 && output->sent == output->kept.length;

  if (source->fd >= 0 && may_send && source->ready && !ended && gathers(output)) {
    watch(epoll, source, 0);  // it stays ready
    return;
  }
  if (source->fd >= 0 && may_send && (source->ready || ended)) {
    ssize_t count = read(source->fd, chunk, limit);
    if (count > 0) {
      if (process->retained) ring_put(&output->kept, chunk, (size_t)count);
      send_data(process, output, type, outbox, chunk, (size_t)count);
      output->piece_ns = process->terminal && count < PIECE_BYTES ? clock_ns() : 0;
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
      source_close(epoll, source);  // EOF, or EIO: a terminal that all have closed
    }
  }
  // After the end a pipe that a descendant holds open gets no EOF: it is done when it is found empty.
  if (source->fd >= 0 && ended && !holds_data(source->fd)) source_close(epoll, source);
  source->ready = false;
  watch(epoll, source, may_send ? EPOLLIN : 0);
}

static void send_eof(struct process *process, struct output *output, uint8_t type, struct ring *outbox) {
  if (output->eof_sent || output->source.fd >= 0 || ring_room(outbox) < SMALL_ROOM) return;
  if (output->sent < output->kept.length) return;
  output->eof_sent = ring_put_frame(outbox, type, process->handle, NULL, 0);
}

static void send_exited(struct process *process, struct ring *outbox) {
  if (process->state != PROCESS_ENDED || process->exited_sent) return;
  if (!process->out.eof_sent || !process->err.eof_sent || ring_room(outbox) < SMALL_ROOM) return;
  static struct answer answer;
  answer_clear(&answer);
  process_answer_end(process, &answer);
  process->exited_sent = ring_put_frame(outbox, FRAME_EXITED, process->handle, answer.bytes, answer.length);
}

void pump(int epoll, struct process *process, struct ring *outbox, bool connected) {
  if (process->state == PROCESS_FREE) return;
  if (process->state == PROCESS_SPAWNING) {
    watch(epoll, &process->exec, EPOLLIN);
    return;
  }
  pump_input(epoll, process, outbox, connected);
  pump_output(epoll, process, &process->out, FRAME_DATA_OUT, outbox, connected);
  pump_output(epoll, process, &process->err, FRAME_DATA_ERR, outbox, connected);
  if (!connected || !process->attached) return;
  send_eof(process, &process->out, FRAME_EOF_OUT, outbox);
  // A terminal has no second channel: its EOF_ERR comes with the other one.
  if (!process->terminal || process->out.eof_sent) send_eof(process, &process->err, FRAME_EOF_ERR, outbox);
  send_exited(process, outbox);
}
