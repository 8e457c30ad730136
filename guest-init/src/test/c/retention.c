// A host that is cut off at any byte, against the guest's side of retained output: nothing is lost, nothing comes twice.
// Built for the host with sanitizers. Usage: retention [SEED]. The same seed gives the same cuts.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "bytes.h"
#include "process.h"
#include "pump.h"
#include "requests.h"
#include "stamps.h"

enum { CHANNELS = 2, STREAM_BYTES = 3 << 20, HANDLE = 7, EXIT_STATUS = 42 << 8 };

static int failures;

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      failures++;                                                    \
    }                                                                \
  } while (0)

static uint64_t state;

static uint32_t next(uint32_t bound) {
  // splitmix64
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return (uint32_t)((z ^ z >> 31) % bound);
}

// The byte at a place of a channel's stream; no two stretches of it look alike.
static uint8_t byte_at(int channel, uint64_t place) {
  uint64_t z = (place / 8 * 2 + (uint64_t)channel + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 29) * 0xbf58476d1ce4e5b9u;
  return (uint8_t)(z >> 8 * (place % 8));
}

static int epoll;
static uint8_t outbox_bytes[OUTBOX_BYTES];
static struct ring outbox = {.bytes = outbox_bytes, .size = OUTBOX_BYTES};
static struct process *process;
static int writer[CHANNELS];
static uint64_t written[CHANNELS];

// The host: what it has, what of that it has acknowledged, and what it has heard of the end on this connection.
static uint64_t have[CHANNELS], acknowledged[CHANNELS];
static bool ends[CHANNELS], exited;
static uint8_t wire[OUTBOX_BYTES];
static size_t wire_length;
static unsigned cuts;

static struct output *output_of(int channel) { return channel == 0 ? &process->out : &process->err; }

static void write_some(void) {
  static uint8_t piece[40000];
  for (int channel = 0; channel < CHANNELS; channel++) {
    if (writer[channel] < 0) continue;
    size_t count = next(sizeof piece);
    if (count > STREAM_BYTES - written[channel]) count = (size_t)(STREAM_BYTES - written[channel]);
    for (size_t i = 0; i < count; i++) piece[i] = byte_at(channel, written[channel] + i);
    ssize_t taken = write(writer[channel], piece, count);
    if (taken > 0) written[channel] += (uint64_t)taken;
    if (written[channel] == STREAM_BYTES) {
      close(writer[channel]);
      writer[channel] = -1;
    }
  }
  if (writer[0] < 0 && writer[1] < 0 && !process->reaped) {
    process->reaped = true;
    process->wait_status = EXIT_STATUS;
    process->state = PROCESS_ENDED;
  }
}

static void pump_once(bool connected) {
  struct epoll_event events[4];
  pump_begin();
  pump(epoll, process, &outbox, connected);
  int count = epoll_wait(epoll, events, 4, 0);
  for (int i = 0; i < count; i++) ((struct source *)(uintptr_t)events[i].data.u64)->ready = true;
}

static void hear_data(int channel, const uint8_t *bytes, uint32_t count) {
  CHECK(!ends[channel] && count > 0);
  for (uint32_t i = 0; i < count; i++) CHECK(bytes[i] == byte_at(channel, have[channel] + i));
  have[channel] += count;
}

static void hear(const uint8_t *header) {
  const uint8_t *payload = header + FRAME_HEADER_BYTES;
  CHECK(get_u32(header + 8) == HANDLE && !exited);
  switch (header[4]) {
    case FRAME_DATA_OUT:
    case FRAME_DATA_ERR:
      hear_data(header[4] - FRAME_DATA_OUT, payload, get_u32(header));
      break;
    case FRAME_EOF_OUT:
    case FRAME_EOF_ERR:
      CHECK(have[header[4] - FRAME_EOF_OUT] == STREAM_BYTES);
      ends[header[4] - FRAME_EOF_OUT] = true;
      break;
    case FRAME_EXITED:
      CHECK(ends[0] && ends[1]);
      CHECK(get_u16(payload) == TAG_EXIT_CODE && get_u32(payload + 8) == 42);
      exited = true;
      break;
    default:
      CHECK(header[4] == FRAME_CREDIT);
  }
}

// Takes at most so many bytes off the wire; whole frames are understood.
static void receive(size_t limit) {
  const uint8_t *bytes;
  size_t run;
  while (limit > 0 && (run = ring_front(&outbox, &bytes)) > 0) {
    if (run > limit) run = limit;
    if (run > sizeof wire - wire_length) run = sizeof wire - wire_length;
    memcpy(wire + wire_length, bytes, run);
    wire_length += run;
    limit -= run;
    ring_drop(&outbox, run);
    size_t at = 0;
    while (wire_length - at >= FRAME_HEADER_BYTES && wire_length - at >= FRAME_HEADER_BYTES + get_u32(wire + at)) {
      hear(wire + at);
      at += FRAME_HEADER_BYTES + get_u32(wire + at);
    }
    memmove(wire, wire + at, wire_length - at);
    wire_length -= at;
  }
}

static void acknowledge_some(void) {
  int channel = (int)next(CHANNELS);
  uint64_t most = have[channel] - acknowledged[channel];
  if (most == 0) return;
  uint32_t count = 1 + next((uint32_t)most);
  CHECK(!process_credit(process, (uint32_t)channel + 1, (uint32_t)most + 1 + (uint32_t)(output_of(channel)->sent - most)));
  CHECK(process_credit(process, (uint32_t)channel + 1, count));
  acknowledged[channel] += count;
}

static void attach(void) {
  for (int channel = 0; channel < CHANNELS; channel++) {
    const struct output *output = output_of(channel);
    uint64_t wrong = next(2) && output->start > 0 ? output->start - 1 : output->start + output->kept.length + 1;
    CHECK(!process_resume(process, channel == 0 ? wrong : have[0], channel == 1 ? wrong : have[1]));
    CHECK(output->start == acknowledged[channel]);
  }
  CHECK(process_resume(process, have[0], have[1]));
  for (int channel = 0; channel < CHANNELS; channel++) {
    acknowledged[channel] = have[channel];
    output_of(channel)->credit = next(4) == 0 ? 1 + next(5000) : 1 + next(300000);
    ends[channel] = false;
  }
  exited = false;
  process->attached = true;
}

// Whatever is on its way is lost, from any byte on.
static void cut_off(void) {
  cuts++;
  receive(next(2) ? 0 : next(OUTBOX_BYTES));
  ring_clear(&outbox);
  wire_length = 0;
  processes_detach();
  for (uint32_t rounds = next(3); rounds > 0; rounds--) {
    write_some();
    pump_once(next(2) == 0);
  }
  CHECK(outbox.length == 0);
  attach();
}

static void begin(void) {
  process = process_claim(HANDLE);
  CHECK(process != NULL && process_retain(process));
  process->state = PROCESS_RUNNING;
  for (int channel = 0; channel < CHANNELS; channel++) {
    int ends_of[2];
    if (pipe2(ends_of, O_NONBLOCK | O_CLOEXEC) < 0) abort();
    output_of(channel)->source.fd = ends_of[0];
    output_of(channel)->credit = 100000;
    writer[channel] = ends_of[1];
  }
  process->attached = true;
}

static void a_host_that_is_cut_off_anywhere_loses_nothing(void) {
  begin();
  uint64_t rounds = 0;
  while (!(exited && cuts > 200) && failures == 0 && rounds++ < 100000) {
    write_some();
    pump_once(true);
    receive(next(3) ? OUTBOX_BYTES : next(3000));
    acknowledge_some();
    if (next(30) == 0) cut_off();
    for (int channel = 0; channel < CHANNELS; channel++) CHECK(output_of(channel)->kept.length <= KEPT_BYTES);
  }
  CHECK(exited && have[0] == STREAM_BYTES && have[1] == STREAM_BYTES && cuts > 200);
  CHECK(process->state == PROCESS_ENDED);
  process_forget(epoll, process);
  CHECK(process_find(HANDLE) == NULL);
}

static void what_is_not_retained_is_counted_and_not_kept(void) {
  int ends_of[2];
  process = process_claim(HANDLE);
  process->state = PROCESS_RUNNING;
  if (pipe2(ends_of, O_NONBLOCK | O_CLOEXEC) < 0 || write(ends_of[1], "hello", 5) != 5) abort();
  process->out.source.fd = ends_of[0];
  process->out.credit = 100;
  process->attached = true;
  for (int i = 0; i < 3; i++) pump_once(true);
  CHECK(outbox.length > FRAME_HEADER_BYTES + 5 && process->out.start == 5);
  CHECK(!process_resume(process, 4, OFFSET_NONE) && !process_resume(process, 6, OFFSET_NONE));
  CHECK(!process_resume(process, 5, 1));
  CHECK(process_resume(process, 5, 0) && process_resume(process, OFFSET_NONE, OFFSET_NONE));
  CHECK(process_credit(process, 1, CREDIT_MAX - 95) && !process_credit(process, 1, 1));
  close(ends_of[1]);
  process_forget(epoll, process);
  ring_clear(&outbox);
}

static size_t sent(void) { return outbox.length; }

static void what_a_terminal_gives_in_pieces_is_gathered(void) {
  int ends_of[2];
  process = process_claim(HANDLE);
  process->state = PROCESS_RUNNING;
  process->terminal = true;
  if (pipe2(ends_of, O_NONBLOCK | O_CLOEXEC) < 0) abort();
  process->out.source.fd = ends_of[0];
  process->out.credit = 100;
  process->attached = true;
  pump_once(true);
  CHECK(write(ends_of[1], "1", 1) == 1);
  for (int i = 0; i < 2; i++) pump_once(true);
  CHECK(sent() == FRAME_HEADER_BYTES + 1);  // the first at once
  CHECK(pump_deadline_ns() == UINT64_MAX);
  CHECK(write(ends_of[1], "2", 1) == 1);
  // Again and again as if it were just now, however slow this host is.
  for (int i = 0; i < 3; i++) {
    process->out.piece_ns = clock_ns() + 1000000000;
    pump_once(true);
    CHECK(write(ends_of[1], "3", 1) == 1);
  }
  CHECK(sent() == FRAME_HEADER_BYTES + 1);
  CHECK(pump_deadline_ns() > clock_ns() && pump_deadline_ns() != UINT64_MAX);
  process->out.piece_ns = 1;  // long ago
  pump_once(true);
  CHECK(sent() == 2 * FRAME_HEADER_BYTES + 5);
  CHECK(pump_deadline_ns() == UINT64_MAX);
  CHECK(write(ends_of[1], "4", 1) == 1);
  process->state = PROCESS_ENDED;  // the last words do not wait
  pump_once(true);
  CHECK(sent() > 3 * FRAME_HEADER_BYTES + 5);
  close(ends_of[1]);
  process_forget(epoll, process);
  ring_clear(&outbox);
}

int main(int count, char **arguments) {
  state = count > 1 ? strtoull(arguments[1], NULL, 0) : 1;
  epoll = epoll_create1(EPOLL_CLOEXEC);
  processes_init();
  what_is_not_retained_is_counted_and_not_kept();
  what_a_terminal_gives_in_pieces_is_gathered();
  a_host_that_is_cut_off_anywhere_loses_nothing();
  if (failures > 0) fprintf(stderr, "%d checks failed\n", failures);
  return failures == 0 ? 0 : 1;
}
