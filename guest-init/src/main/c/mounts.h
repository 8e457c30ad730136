// Volumes and tmpfs mounts of the container: made here, and put into its root by its first process (targets.h).
//
//   disk of a volume ─▶ MOUNTS_PATH/n ─▶ its directory "data", as a mount that is nowhere ─▶ first process ─▶ target
//   tmpfs            ─────────────────▶ the same
#pragma once

#include "requests.h"
#include "spawn.h"

enum { MOUNTS_MAX = 32 };

// Makes one of a MOUNT. False with the failure.
bool mounts_add(const struct mount_request *request, struct failure *failure);

// What the first process is told: the mounts as descriptors, and for each a struct target_header and its path with a
// zero at the end. How many there are.
uint32_t mounts_order(int descriptors[MOUNTS_MAX], uint8_t payload[FRAME_PAYLOAD_MAX], uint32_t *length);

// The first process has them.
void mounts_given(void);

// At the end, when nothing runs any more.
void mounts_unmount(void);
