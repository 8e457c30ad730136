// Random, damaged and truncated byte streams into the protocol's core, built for the host with sanitizers.
// Usage: fuzz SECONDS [SEED]. The same seed gives the same bytes.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bytes.h"
#include "inbox.h"
#include "requests.h"
#include "ring.h"

enum { STREAM_MAX = 1 << 18 };

static uint64_t state;

static uint32_t next(uint32_t bound) {
  // splitmix64
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return (uint32_t)((z ^ z >> 31) % bound);
}

static uint8_t stream[STREAM_MAX];
static size_t length;

static void put(const void *bytes, size_t count) {
  if (count > STREAM_MAX - length) count = STREAM_MAX - length;
  memcpy(stream + length, bytes, count);
  length += count;
}

static void put_random(size_t count) {
  while (count-- > 0) {
    uint8_t byte = (uint8_t)next(256);
    put(&byte, 1);
  }
}

static void put_field(void) {
  static const uint16_t tags[] = {1, 2, 3, 12, 13, 14, 15, 18, 19, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
      64, 65, 65, 65, 66, 66, 67, 68, 69, 70, 71, 72, 73, 74, 20, 21, 22, 500};
  static const uint32_t sizes[] = {0, 1, 4, 8, 16, 24, 32, 64, 65, 512, 513, 4096};
  uint8_t header[8];
  uint32_t size = sizes[next(sizeof sizes / sizeof *sizes)];
  if (next(3) > 0) size = 4;
  put_u16(header, tags[next(sizeof tags / sizeof *tags)]);
  put_u16(header + 2, next(50) == 0);
  put_u32(header + 4, next(60) == 0 ? next(UINT32_MAX) : size);
  put(header, sizeof header);
  if (size == 4 && next(2)) {
    uint8_t small[4];
    put_u32(small, next(3));
    put(small, 4);
  } else {
    while (size-- > 0) {
      uint8_t byte = (uint8_t)('/' + next(60));
      put(&byte, 1);
    }
  }
}

static void put_value(uint16_t tag, const void *bytes, uint32_t size) {
  uint8_t header[8];
  put_u16(header, tag);
  put_u16(header + 2, 0);
  put_u32(header + 4, size);
  put(header, sizeof header);
  put(bytes, size);
}

static void put_number(uint16_t tag, uint32_t value) {
  uint8_t bytes[4];
  put_u32(bytes, value);
  put_value(tag, bytes, sizeof bytes);
}

// What a message of this type must have.
static void put_required(uint8_t type) {
  static const uint8_t zeros[64];
  switch (type) {
    case FRAME_HELLO:
      put_number(TAG_VERSION, 1);
      put_value(TAG_NONCE, zeros, NONCE_BYTES);
      put_number(TAG_LEASE, next(1000));
      break;
    case FRAME_PREPARE:
      put_value(TAG_ROOT_DISK, "root", 4);
      break;
    case FRAME_SETUP:
      put_value(TAG_HOSTNAME, "guest", 5);
      put_value(TAG_TIME, zeros, 8);
      put_value(TAG_ENTROPY, zeros, 32 + next(32));
      put_value(TAG_ROOT_DISK, "root", 4);
      for (uint32_t lines = next(300); lines > 0; lines--) put_value(TAG_HOST, "1.2.3.4 a", 9);
      break;
    case FRAME_SPAWN:
      put_number(TAG_HANDLE, 1 + next(20));
      put_number(TAG_ROLE, next(2));
      put_number(TAG_CREDIT_OUT, next(100));
      put_number(TAG_CREDIT_ERR, next(100));
      for (uint32_t some = next(1200); some > 0; some--) put_value(TAG_ARGUMENT, "argument", next(9));
      for (uint32_t some = next(4200); some > 0; some--) put_value(TAG_ENVIRONMENT, "A=b", next(4));
      break;
    case FRAME_FREEZE:
    case FRAME_FREEZE_DISK:
      put_number(TAG_FROZEN, next(3));
      break;
    case FRAME_MOUNT:
      put_value(TAG_TARGET, "/a/b", 1 + next(4));
      if (next(2)) put_value(TAG_DISK, "bay0", 4);
      if (next(2)) put_number(TAG_READ_ONLY, next(4));
      if (next(2)) put_number(TAG_FLAGS, next(16));
      break;
    case FRAME_LIMITS:
      if (next(2)) put_number(TAG_CPU_QUOTA, next(3000));
      if (next(2)) put_value(TAG_MEMORY_LIMIT, zeros, 8);
      break;
    case FRAME_SIGNAL:
    case FRAME_RESIZE:
    case FRAME_ATTACH:
      if (type == FRAME_ATTACH && next(2)) put_value(TAG_OFFSET_OUT, zeros, 8);
      put_number(TAG_HANDLE, 1 + next(20));
      put_number(type == FRAME_SIGNAL ? TAG_SIGNAL : type == FRAME_RESIZE ? TAG_COLUMNS : TAG_CREDIT_OUT, 1 + next(64));
      put_number(type == FRAME_RESIZE ? TAG_ROWS : TAG_CREDIT_ERR, next(64));
  }
}

// A frame that is right but for what chance did to it.
static void put_frame(void) {
  size_t start = length;
  uint8_t header[FRAME_HEADER_BYTES];
  static const uint8_t types[] = {FRAME_HELLO, FRAME_SETUP, FRAME_SPAWN, FRAME_SIGNAL, FRAME_RESIZE, FRAME_STATS,
      FRAME_PROCESSES, FRAME_DATA_IN, FRAME_EOF_IN, FRAME_CREDIT, FRAME_RELEASE, FRAME_PING, FRAME_ATTACH, FRAME_PREPARE, FRAME_FREEZE,
      FRAME_LIMITS, FRAME_FREEZE_DISK, FRAME_MOUNT};
  uint8_t type = next(20) == 0 ? (uint8_t)next(30) : types[next(sizeof types)];
  put(header, sizeof header);
  if (length < start + sizeof header) return;
  if (type == FRAME_DATA_IN) put_random(next(2000));
  else if (type == FRAME_CREDIT) put_random(8);
  else if (type != FRAME_STATS && type != FRAME_PROCESSES && type != FRAME_EOF_IN && type != FRAME_RELEASE) {
    if (next(8) > 0) put_required(type);
    for (uint32_t fields = next(3); fields > 0; fields--) put_field();
  }
  uint32_t size = (uint32_t)(length - start - sizeof header);
  if (next(30) == 0) size = next(FRAME_PAYLOAD_MAX + 10);
  frame_header_write(stream + start, type, type == FRAME_HELLO ? 0 : 1 + next(20), size);
}

static uint64_t frames_seen, broken_seen, parsed;

static void take(const struct frame *frame) {
  static struct hello_request hello;
  static struct prepare_request prepare;
  static struct setup_request setup;
  static struct spawn_request spawn;
  struct signal_request signal;
  struct resize_request resize;
  struct attach_request attach;
  struct limits_request limits;
  struct freeze_request freeze;
  struct mount_request mount;
  frames_seen++;
  switch (frame->type) {
    case FRAME_HELLO: parsed += hello_parse(frame, &hello); break;
    case FRAME_PREPARE: parsed += prepare_parse(frame, &prepare); break;
    case FRAME_SETUP: parsed += setup_parse(frame, &setup); break;
    case FRAME_SIGNAL: parsed += signal_parse(frame, &signal); break;
    case FRAME_RESIZE: parsed += resize_parse(frame, &resize); break;
    case FRAME_ATTACH: parsed += attach_parse(frame, &attach); break;
    case FRAME_LIMITS: parsed += limits_parse(frame, &limits); break;
    case FRAME_MOUNT: parsed += mount_parse(frame, &mount); break;
    case FRAME_FREEZE:
    case FRAME_FREEZE_DISK: parsed += freeze_parse(frame, &freeze); break;
    case FRAME_SPAWN:
      if (!spawn_parse(frame, &spawn)) break;
      parsed++;
      // Every string must end within the payload's memory: the sanitizer sees if one does not.
      for (uint32_t i = 0; i < spawn.argument_count; i++) parsed += strlen(spawn.arguments[i]) == SIZE_MAX;
      for (uint32_t i = 0; i < spawn.environment_count; i++) parsed += strlen(spawn.environment[i]) == SIZE_MAX;
  }
}

static void feed_all(void) {
  // On the heap, exactly as large as needed, so that the sanitizer sees each byte too far.
  static struct inbox *inbox;
  if (inbox == NULL) inbox = malloc(sizeof *inbox);
  memset(inbox, 0xaa, sizeof *inbox);
  inbox_hunt(inbox);
  size_t at = 0;
  while (at < length) {
    size_t piece = 1 + next(next(2) ? 8 : 5000);
    if (piece > length - at) piece = length - at;
    uint8_t *copy = malloc(piece);
    memcpy(copy, stream + at, piece);
    for (size_t used = 0; used < piece;) {
      struct frame frame;
      size_t taken = 0;
      enum inbox_event event = inbox_feed(inbox, copy + used, piece - used, &taken, &frame);
      if (taken == 0 || taken > piece - used) abort();
      used += taken;
      if (event == INBOX_FRAME) take(&frame);
      if (event == INBOX_BROKEN) broken_seen++;
    }
    free(copy);
    at += piece;
  }
}

int main(int count, char **arguments) {
  double seconds = count > 1 ? atof(arguments[1]) : 5;
  state = count > 2 ? strtoull(arguments[2], NULL, 0) : 1;
  uint64_t rounds = 0;
  clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
  do {
    length = 0;
    for (uint32_t parts = 1 + next(8); parts > 0; parts--) {
      if (next(10) == 0) put_random(next(3000));
      put(MAGIC, MAGIC_BYTES);
      for (uint32_t frames = next(12); frames > 0; frames--) put_frame();
    }
    if (next(2)) length = next((uint32_t)length + 1);
    for (uint32_t damage = next(3); damage > 0 && length > 0; damage--) stream[next((uint32_t)length)] ^= (uint8_t)(1 << next(8));
    feed_all();
    rounds++;
  } while (clock() < end);
  fprintf(stderr, "fuzz: %llu streams, %llu frames, %llu understood, %llu broken\n", (unsigned long long)rounds,
      (unsigned long long)frames_seen, (unsigned long long)parsed, (unsigned long long)broken_seen);
  // A fuzzer that gets nowhere proves nothing.
  return frames_seen > rounds / 10 && parsed > rounds / 100 && broken_seen > 0 ? 0 : 1;
}
