// What the process may do: limits, groups, user, capabilities.
#pragma once

#include "requests.h"
#include "users.h"

// In the child, as the last thing before execve.
void privileges_drop(const struct spawn_request *request, const struct identity *identity);
