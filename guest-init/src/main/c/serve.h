// The frames of a client that has said HELLO.
#pragma once

#include "frame.h"
#include "ring.h"

enum served {
  SERVED,
  SERVE_BROKEN,    // the frame breaks the rules
  SERVE_SHUTDOWN,  // it is a SHUTDOWN
};

// The outbox has room for the longest reply.
enum served serve(int epoll, const struct frame *frame, struct ring *outbox);
