// The container's cgroup: its limits and its figures.
#pragma once

#include <sys/types.h>

#include "requests.h"

// Makes it. A kernel without cgroups is no failure, unless a limit is asked for later.
void cgroup_create(void);

// Its directory, or -1.
int cgroup_fd(void);

// At SETUP: its limits. False with errno.
bool cgroup_limit(const struct setup_request *request);

// While it runs. False with errno.
bool cgroup_change(const struct limits_request *request);

// Has all in it stand still, or go on; that takes a moment. False with errno.
bool cgroup_freeze(bool freeze);

// Whether all in it stand still.
bool cgroup_is_frozen(void);

// clone(2) into it, with new namespaces: a mask of ABI_CLONE_NEW….
pid_t cgroup_clone(uint64_t namespaces, int *pidfd);

// Kills all in it.
void cgroup_kill(void);
