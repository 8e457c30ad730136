// FREEZE: the container's processes stand still. PROTOCOL.md, section 9.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "spawn.h"

// Whether the container stands still, or is to.
bool freezer_is_on(void);

// Begins; the request is answered by freezer_pump. False with the failure.
bool freezer_request(uint32_t request_id, bool freeze, struct failure *failure);

// The client went away: the container stays as it was told.
void freezer_forget_request(void);

// Looks whether it has come about, and answers.
void freezer_pump(struct ring *outbox);

// When to look again (CLOCK_BOOTTIME), or UINT64_MAX.
uint64_t freezer_deadline_ns(void);
