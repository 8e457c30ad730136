// LIMITS: what the container may use, changed while it runs. PROTOCOL.md, section 9.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "requests.h"
#include "ring.h"
#include "spawn.h"

// Begins; the request is answered by limits_pump. False with the failure.
bool limits_request(uint32_t request_id, const struct limits_request *wanted, struct failure *failure);

// The client went away.
void limits_forget_request(void);

void limits_pump(int epoll, struct ring *outbox);

// When limits_pump must be called again at the latest (CLOCK_BOOTTIME), or UINT64_MAX.
uint64_t limits_deadline_ns(void);
