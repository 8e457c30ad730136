// The container's processes, for PROCESSES: PROTOCOL.md, section 8.
#pragma once

#include "fields.h"

// Reads /proc. May take as long as a hostile process likes: its command line lies in its own memory.
void listing_answer(struct answer *answer);
