#include "ring.h"

#include <string.h>

#include "frame.h"

void ring_clear(struct ring *ring) {
  ring->start = 0;
  ring->length = 0;
}

static void append(struct ring *ring, const uint8_t *bytes, size_t count) {
  size_t end = ring->start + ring->length;
  if (end >= ring->size) end -= ring->size;
  size_t first = ring->size - end;
  if (first > count) first = count;
  memcpy(ring->bytes + end, bytes, first);
  memcpy(ring->bytes, bytes + first, count - first);
  ring->length += count;
}

bool ring_put(struct ring *ring, const uint8_t *bytes, size_t count) {
  if (count > ring_room(ring)) return false;
  if (count > 0) append(ring, bytes, count);
  return true;
}

bool ring_put_frame(struct ring *ring, uint8_t type, uint32_t id, const uint8_t *payload, size_t count) {
  if (count > FRAME_PAYLOAD_MAX || count + FRAME_HEADER_BYTES > ring_room(ring)) return false;
  uint8_t header[FRAME_HEADER_BYTES];
  frame_header_write(header, type, id, (uint32_t)count);
  append(ring, header, sizeof header);
  if (count > 0) append(ring, payload, count);
  return true;
}

size_t ring_front(const struct ring *ring, const uint8_t **bytes) { return ring_behind(ring, 0, bytes); }

size_t ring_behind(const struct ring *ring, size_t offset, const uint8_t **bytes) {
  if (offset >= ring->length) return 0;
  size_t at = ring->start + offset;
  if (at >= ring->size) at -= ring->size;
  *bytes = ring->bytes + at;
  size_t run = ring->size - at;
  return run < ring->length - offset ? run : ring->length - offset;
}

void ring_drop(struct ring *ring, size_t count) {
  if (count > ring->length) count = ring->length;
  ring->length -= count;
  ring->start += count;
  if (ring->start >= ring->size) ring->start -= ring->size;
  // An empty ring starts over, so that small traffic touches few pages.
  if (ring->length == 0) ring->start = 0;
}
