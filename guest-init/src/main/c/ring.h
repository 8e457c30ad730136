// A byte queue of fixed size over memory of its owner's.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
  uint8_t *bytes;
  size_t size;
  size_t start;
  size_t length;
};

static inline size_t ring_room(const struct ring *ring) { return ring->size - ring->length; }

void ring_clear(struct ring *ring);

// Appends all or, if there is no room, nothing.
bool ring_put(struct ring *ring, const uint8_t *bytes, size_t count);

// Appends a frame, all or nothing.
bool ring_put_frame(struct ring *ring, uint8_t type, uint32_t id, const uint8_t *payload, size_t count);

// The longest run of bytes at the front that lie in one piece.
size_t ring_front(const struct ring *ring, const uint8_t **bytes);

// The same, `offset` bytes behind the front; 0 if there are no more.
size_t ring_behind(const struct ring *ring, size_t offset, const uint8_t **bytes);

void ring_drop(struct ring *ring, size_t count);
