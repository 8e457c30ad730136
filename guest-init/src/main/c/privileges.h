// What the process may do: limits, groups, user, capabilities.
#pragma once

#include "requests.h"
#include "users.h"

// Open files of a container's process, unless the host says otherwise: few by default, so that select(2) works and
// programs that close all descriptors are quick; many on demand.
enum { LIMIT_OPEN_FILES_SOFT = 1024, LIMIT_OPEN_FILES_HARD = 524288 };

// In the child, as the last thing before execve.
void privileges_drop(const struct spawn_request *request, const struct identity *identity);
