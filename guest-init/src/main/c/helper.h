// A forked copy of init that lists the container's processes, because reading their command lines can hang.
// One at a time; requests that come while it is at work share its answer.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "watch.h"

void helper_init(void);

// False with errno if it cannot be started or too many wait.
bool helper_request(uint32_t request_id);

// The client went away: its requests need no answer.
void helper_forget_requests(void);

// Reads what it has to say and answers when it is done or late.
void helper_pump(int epoll, struct ring *outbox);

// When helper_pump must be called again at the latest (CLOCK_BOOTTIME), or UINT64_MAX.
uint64_t helper_deadline_ns(void);
