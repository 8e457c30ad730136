// What init mounts for itself: a small tmpfs as its own root, with /dev, /proc, /sys and the cgroups in it.
#pragma once

// The directories of init's root that SETUP fills.
#define BASE_PATH "/base"
#define UPPER_PATH "/upper"
#define SKELETON_PATH "/skeleton"
#define ROOT_PATH "/root"
#define NAMES_PATH "/names"
// Below it, one directory for each disk of a volume.
#define MOUNTS_PATH "/mounts"
// Where the container's /proc, /sys and /dev wait for its root.
#define STAGE_PATH "/stage"
#define CGROUP_PATH "/sys/fs/cgroup"

// Leaves the working directory in the new root, while "/" is the initramfs still: the modules lie there.
void early_mounts(void);

// Makes the new root "/" and removes the initramfs's files, which would occupy memory for good.
void early_switch_root(void);
