// The container's first process, from before it is known what it will run.
//
// It is born into its own PID, mount, UTS and IPC namespaces and into the container's cgroup, makes there what is the
// same for every container (/proc, /sys, /dev), and waits. SPAWN with ROLE 0 tells it the rest. So all that can be done
// ahead has been done when the machine is kept as a template (PROTOCOL.md, section 4). If the container's disks are
// joined already, that includes its root: it enters it, and reads the program ahead.
#pragma once

#include <sys/types.h>

#include "child.h"
#include "requests.h"
#include "spawn.h"

struct zygote {
  pid_t pid;
  int pidfd;
  int orders;  // init's end of its socket: takes orders, and brings the child's reports
  bool entered;  // it has been told to enter the container's root
};

// Makes it, if there is none. False with the failure.
bool zygote_prepare(struct failure *failure);

// Has it enter the joined root ahead, and waits until that is done. False with the failure; there is none then.
bool zygote_enter(const struct prepare_request *request, struct failure *failure);

// Ends it, and with it its mounts: the joined root can be unmounted.
void zygote_discard(void);

// At the end, before disks are unmounted: lets go of what keeps the container's mounts alive.
void zygote_release(void);

// At SETUP: remembers what the order will say.
void zygote_configure(const struct setup_request *request);

// Gives the order: the main process becomes what the frame of a SPAWN says. The zygote is the caller's then, and the
// next one would be made anew. False with the failure, and no descriptor is taken.
//   ends   the child's standard streams; stay the caller's
bool zygote_order(const struct child_ends *ends, const uint8_t *payload, uint32_t length, struct zygote *taken,
    struct failure *failure);
