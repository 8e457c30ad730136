// OK and ERROR frames.
#pragma once

#include <stdint.h>

#include "fields.h"
#include "ring.h"

// Room for a reply without fields, or for an error.
enum { REPLY_SMALL = 2048 };

void reply_ok(struct ring *outbox, uint32_t request_id, const struct answer *answer);

void reply_error(struct ring *outbox, uint32_t request_id, uint32_t error, const char *text);
