#include "frame.h"

#include "bytes.h"

// Which payload lengths a type of frame from the host may have; a type that the host may not send has max < min.
static void payload_bounds(uint8_t type, uint32_t *min, uint32_t *max) {
  *min = 0;
  *max = FRAME_PAYLOAD_MAX;
  switch (type) {
    case FRAME_HELLO:
    case FRAME_PREPARE:
    case FRAME_SETUP:
    case FRAME_SPAWN:
    case FRAME_SIGNAL:
    case FRAME_RESIZE:
    case FRAME_ATTACH:
    case FRAME_FREEZE:
    case FRAME_LIMITS:
    case FRAME_FREEZE_DISK:
    case FRAME_MOUNT:
      return;
    case FRAME_DATA_IN:
      *min = 1;
      return;
    case FRAME_PING:
      *max = PING_MAX;
      return;
    case FRAME_CREDIT:
      *min = *max = 8;
      return;
    case FRAME_STATS:
    case FRAME_PROCESSES:
    case FRAME_SHUTDOWN:
    case FRAME_EOF_IN:
    case FRAME_RELEASE:
      *max = 0;
      return;
    default:
      *min = 1;
      *max = 0;
  }
}

bool frame_header_read(const uint8_t header[FRAME_HEADER_BYTES], struct frame *frame) {
  frame->length = get_u32(header);
  frame->type = header[4];
  frame->id = get_u32(header + 8);
  if (header[5] != 0 || header[6] != 0 || header[7] != 0) return false;
  uint32_t min, max;
  payload_bounds(frame->type, &min, &max);
  if (min > max || frame->length < min || frame->length > max) return false;
  if (frame->type == FRAME_HELLO) return frame->id == 0;
  return frame->id >= 1 && frame->id <= ID_MAX;
}

void frame_header_write(uint8_t header[FRAME_HEADER_BYTES], uint8_t type, uint32_t id, uint32_t length) {
  put_u32(header, length);
  put_u32(header + 4, type);
  put_u32(header + 8, id);
}
