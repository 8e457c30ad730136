// What is mounted in the container's root, from inside: by its first process, before it becomes the main process.
#pragma once

#include <stdint.h>

// Before each path.
struct target_header {
  uint32_t flags;  // of mount(2)
  uint8_t read_only;
  uint8_t copy;  // a volume that is empty gets what the root has there
};

// Remembers what is to be mounted; the descriptors are taken.
void targets_take(const int *trees, uint32_t count, const uint8_t *orders, uint32_t length);

// Mounts it, in the order in which it was given. Ends the process with a report if that fails.
void targets_mount(void);
