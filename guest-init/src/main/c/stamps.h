// When init finished its steps, for the boot timeline.
#pragma once

#include <stdint.h>

#include "fields.h"

enum step { STEP_INIT, STEP_MODULES, STEP_CHANNEL, STEP_DISKS, STEP_MOUNTS, STEP_NETWORK, STEP_PROCESS, STEPS };

// Nanoseconds since the kernel started (CLOCK_BOOTTIME).
uint64_t clock_ns(void);

void stamp(enum step step);

// Writes the stamps first..last that were set as STAMP fields.
void stamps_answer(struct answer *answer, enum step first, enum step last);
