#pragma once

#include "requests.h"
#include "spawn.h"

// PROTOCOL.md, section 6. False with the failure.
bool setup_machine(const struct setup_request *request, struct failure *failure);
