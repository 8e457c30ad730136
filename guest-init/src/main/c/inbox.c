#include "inbox.h"

#include <string.h>

void inbox_hunt(struct inbox *inbox) {
  inbox->hunting = true;
  inbox->have = 0;
}

// The first byte of the magic occurs in it only once, so after a mismatch a new match can begin nowhere but at
// the byte that did not fit.
static enum inbox_event hunt(struct inbox *inbox, const uint8_t *bytes, size_t count, size_t *taken) {
  static const uint8_t magic[MAGIC_BYTES + 1] = MAGIC;
  for (size_t i = 0; i < count; i++) {
    if (bytes[i] != magic[inbox->have]) inbox->have = 0;
    if (bytes[i] == magic[inbox->have]) inbox->have++;
    if (inbox->have == MAGIC_BYTES) {
      inbox->hunting = false;
      inbox->have = 0;
      *taken = i + 1;
      return INBOX_MAGIC;
    }
  }
  *taken = count;
  return INBOX_MORE;
}

static size_t gather(struct inbox *inbox, const uint8_t *bytes, size_t count, size_t goal) {
  size_t missing = goal - inbox->have;
  if (count > missing) count = missing;
  memcpy(inbox->bytes + inbox->have, bytes, count);
  inbox->have += (uint32_t)count;
  return count;
}

enum inbox_event inbox_feed(
    struct inbox *inbox, const uint8_t *bytes, size_t count, size_t *taken, struct frame *frame) {
  *taken = 0;
  if (inbox->hunting) return hunt(inbox, bytes, count, taken);
  if (inbox->have < FRAME_HEADER_BYTES) {
    *taken = gather(inbox, bytes, count, FRAME_HEADER_BYTES);
    if (inbox->have < FRAME_HEADER_BYTES) return INBOX_MORE;
    if (!frame_header_read(inbox->bytes, &inbox->frame)) {
      inbox_hunt(inbox);
      return INBOX_BROKEN;
    }
  }
  size_t goal = FRAME_HEADER_BYTES + inbox->frame.length;
  *taken += gather(inbox, bytes + *taken, count - *taken, goal);
  if (inbox->have < goal) return INBOX_MORE;
  inbox->have = 0;
  *frame = inbox->frame;
  frame->payload = inbox->bytes + FRAME_HEADER_BYTES;
  return INBOX_FRAME;
}
