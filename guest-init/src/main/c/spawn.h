// init's side of a SPAWN: clone(2), and what becomes of it.
#pragma once

#include <sys/types.h>

#include "process.h"
#include "requests.h"

// What could not be done, for an ERROR frame. Error 0: it could.
struct failure {
  uint32_t error;
  char text[1024];
};

__attribute__((format(printf, 3, 4))) void fail(struct failure *failure, int error, const char *format, ...);

void spawn_init(void);

// Starts the process; it is answered when spawn_progress says how it went.
//   payload   the request as it came, before it was parsed
struct process *spawn_start(struct spawn_request *request, const uint8_t *payload, uint32_t length,
    uint32_t request_id, struct failure *failure);

// Failed: the child is ending, and its exit code will say so to a client that did not ask for it.
enum spawn_outcome { SPAWN_PENDING, SPAWN_DONE, SPAWN_FAILED };

// Reads the child's reports.
enum spawn_outcome spawn_progress(int epoll, struct process *process, struct failure *failure);
