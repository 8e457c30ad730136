// Turns the host's byte stream into frames: hunts for the magic, then gathers one frame at a time.
#pragma once

#include "frame.h"

struct inbox {
  bool hunting;
  uint32_t have;  // bytes of the magic matched, or of the frame gathered
  struct frame frame;
  // One more than the largest frame: the last string of a payload gets its NUL there (fields.c).
  uint8_t bytes[FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX + 1];
};

enum inbox_event {
  INBOX_MORE,    // all bytes taken, nothing complete yet
  INBOX_MAGIC,   // the magic was found: a new client
  INBOX_FRAME,   // a whole frame; valid until the next call
  INBOX_BROKEN,  // a frame broke the rules; the inbox is hunting again
};

void inbox_hunt(struct inbox *inbox);

// Takes bytes until something is complete. *taken is how many of them were used up.
enum inbox_event inbox_feed(
    struct inbox *inbox, const uint8_t *bytes, size_t count, size_t *taken, struct frame *frame);
