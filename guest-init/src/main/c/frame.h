// Frames: PROTOCOL.md, sections 2 and 3.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAGIC "CTUI-AGENT-PRE\x01\x0a"

enum {
  MAGIC_BYTES = 16,
  FRAME_HEADER_BYTES = 12,
  FRAME_PAYLOAD_MAX = 65536,
  ID_MAX = 0x7fffffff,
  CREDIT_MAX = 1 << 30,
  PING_MAX = 64,
};

enum frame_type {
  FRAME_HELLO = 1,
  FRAME_HELLO_OK = 2,
  FRAME_OK = 3,
  FRAME_ERROR = 4,
  FRAME_SETUP = 5,
  FRAME_SPAWN = 6,
  FRAME_SIGNAL = 7,
  FRAME_RESIZE = 8,
  FRAME_STATS = 9,
  FRAME_PROCESSES = 10,
  FRAME_SHUTDOWN = 11,
  FRAME_EXITED = 12,
  FRAME_DATA_IN = 13,
  FRAME_DATA_OUT = 14,
  FRAME_DATA_ERR = 15,
  FRAME_EOF_IN = 16,
  FRAME_EOF_OUT = 17,
  FRAME_EOF_ERR = 18,
  FRAME_CREDIT = 19,
  FRAME_RELEASE = 20,
  FRAME_PING = 21,
  FRAME_ATTACH = 22,
  FRAME_PREPARE = 23,
  FRAME_FREEZE = 24,
  FRAME_LIMITS = 25,
  FRAME_FREEZE_DISK = 26,
  FRAME_MOUNT = 27,
};

enum channel { CHANNEL_IN = 0, CHANNEL_OUT = 1, CHANNEL_ERR = 2 };

struct frame {
  uint32_t length;
  uint8_t type;
  uint32_t id;
  uint8_t *payload;
};

// Reads the header of a frame from the host. False if this page allows no such frame in that direction.
bool frame_header_read(const uint8_t header[FRAME_HEADER_BYTES], struct frame *frame);

void frame_header_write(uint8_t header[FRAME_HEADER_BYTES], uint8_t type, uint32_t id, uint32_t length);
