// Moves data between processes and the port's output.
#pragma once

#include <stdbool.h>

#include "process.h"

// Replies come first: outputs leave room for the longest of them.
enum { OUTBOX_BYTES = 256 * 1024, REPLY_ROOM = FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX };

// False if the outputs must wait until more of the outbox has been sent.
bool pump_has_room(const struct ring *outbox);

// Begins a round, in which all processes are pumped.
void pump_begin(void);

// When the next round is due though nothing happens (CLOCK_BOOTTIME in nanoseconds), or UINT64_MAX.
uint64_t pump_deadline_ns(void);

// Does what can be done for the process now without waiting, and says what to wait for.
// Nothing is sent while `connected` is false.
void pump(int epoll, struct process *process, struct ring *outbox, bool connected);
