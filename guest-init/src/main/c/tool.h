// Tools of init's own, which run in the container's root: PROTOCOL.md, section 10.
#pragma once

#include "child.h"
#include "requests.h"

// In a child, after child_begin: enters the container's root and does what the arguments say.
//   ends->main_pidfd   of the running main process, or -1
__attribute__((noreturn)) void tool_become(const struct spawn_request *request, const struct child_ends *ends);
