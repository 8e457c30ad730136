#pragma once

#include "fields.h"

// PROTOCOL.md, section 8.
void stats_answer(struct answer *answer);
