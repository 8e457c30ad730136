// The client at the other end of the port: HELLO, frames in and out, the lease.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "port.h"

void session_init(struct port *port, int epoll);

// Does all that can be done now without waiting.
void session_round(void);

// When there is something to do again though nothing happens (CLOCK_BOOTTIME in nanoseconds), or UINT64_MAX.
uint64_t session_deadline_ns(void);

// True if there is something to do at once.
bool session_is_busy(void);
