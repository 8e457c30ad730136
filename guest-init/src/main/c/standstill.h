// FREEZE_DISK: the writable disk holds a whole file system that does not change. PROTOCOL.md, section 9.
//
// Who writes to the disk waits meanwhile. Init never does, and leaves the calls that may wait to another process.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "spawn.h"

// Begins; the request is answered by standstill_pump. False with the failure.
bool standstill_request(uint32_t request_id, bool freeze, struct failure *failure);

// The client went away: the disk is let go.
void standstill_abandon(void);

void standstill_pump(int epoll, struct ring *outbox);

// When standstill_pump must be called again at the latest (CLOCK_BOOTTIME), or UINT64_MAX.
uint64_t standstill_deadline_ns(void);

// At the end: lets the disk go at once, so that it can be unmounted and who waits for it can be killed.
void standstill_end(void);
