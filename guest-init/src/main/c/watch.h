// Descriptors in the event loop. What is waited for follows from the state, anew in each round.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Tags of the loop's events that are not the address of a source.
enum { WATCH_PORT = 1, WATCH_LISTENER = 2, WATCH_SIGNALS = 3, WATCH_TAGS = 4 };

struct source {
  int fd;               // or -1
  uint32_t registered;  // events that epoll reports now
  bool ready;           // an event came since the last try
};

#define SOURCE_NONE ((struct source){-1, 0, false})

// Waits for these events from now on; 0 for none.
void watch(int epoll, struct source *source, uint32_t events);

void source_close(int epoll, struct source *source);
