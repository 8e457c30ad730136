// The image's and the container's disk, joined to the container's root at ROOT_PATH.
#pragma once

#include "requests.h"
#include "spawn.h"

// Waits for the disks of the request and remembers where they are. False with the failure.
bool disks_find(const struct setup_request *request, struct failure *failure);

bool disks_mount(struct failure *failure);

// Unmounts all, or what cannot be unmounted is made read-only.
void disks_unmount(void);

// Bytes read from and written to both disks.
void disks_bytes(uint64_t *read, uint64_t *written);
