// The container's view of the file system and its namespaces, from inside.
#pragma once

#include <stdint.h>

#include "requests.h"

// In the first process, in fresh PID, mount, UTS and IPC namespaces and in the container's cgroup: makes what belongs
// in every container's root, aside.
void container_prepare(void);

// In the same process, later: makes the container's root its own and puts all that into it.
//   root   a detached mount
void container_enter(int root);

// In the same process, at last: what differs between containers.
void container_settle(const char *hostname, uint64_t shm_bytes);

// In a process beside it, in the PID namespace and cgroup already: enters the other namespaces.
void container_join(int main_pidfd);
