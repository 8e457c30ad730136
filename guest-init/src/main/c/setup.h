#pragma once

#include "requests.h"
#include "spawn.h"

// PROTOCOL.md, section 4, PREPARE. False with the failure.
bool prepare_machine(const struct prepare_request *request, struct failure *failure);

// PROTOCOL.md, section 6. False with the failure.
bool setup_machine(const struct setup_request *request, struct failure *failure);
