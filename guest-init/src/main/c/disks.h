// The image's and the container's disk, joined to the container's root at ROOT_PATH.
#pragma once

#include "requests.h"
#include "spawn.h"

// Waits for the disks with these serials and remembers where they are; those that are known already are not looked for
// again. False with the failure.
//   upper   or null
bool disks_find(const char *root, const char *upper, struct failure *failure);

// Mounts the writable disk, if there is one and it is not mounted.
bool disks_mount_upper(struct failure *failure);

// Whether there is a writable disk, and it is mounted.
bool disks_have_upper(void);

// Mounts the image's disk and joins it with the writable one, if that has not been done.
bool disks_join(struct failure *failure);

// The device with this serial, waited for. False if there is none.
bool disk_device(const char *serial, char *name, size_t size);

// Unmounts what is mounted there, or makes it read-only.
void disk_unmount(const char *path);

// Unmounts all, or what cannot be unmounted is made read-only.
void disks_unmount(void);

// Bytes read from and written to both disks.
void disks_bytes(uint64_t *read, uint64_t *written);
