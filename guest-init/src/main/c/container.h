// The container's view of the file system and its namespaces, from inside.
#pragma once

#include <stdint.h>

#include "requests.h"

// Remembers what the main process needs of the SETUP.
void container_configure(const struct setup_request *request);

// In the main process, in fresh PID, mount, UTS and IPC namespaces and in the container's cgroup:
// makes the container's root its own and mounts what belongs in it.
void container_enter(void);

// In a process beside it, in the PID namespace and cgroup already: enters the other namespaces.
void container_join(int main_pidfd);
