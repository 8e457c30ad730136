// The frames of a client that has said HELLO.
#pragma once

#include <stdbool.h>

#include "frame.h"
#include "ring.h"

enum served {
  SERVED,
  SERVE_BROKEN,    // the frame breaks the rules
  SERVE_SHUTDOWN,  // it is a SHUTDOWN
};

// Whether it has been prepared and not set up: it may be kept as a template, and does not count on its client.
bool serve_is_template(void);

// The outbox has room for the longest reply.
enum served serve(int epoll, const struct frame *frame, struct ring *outbox);
