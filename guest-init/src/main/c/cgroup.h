// The container's cgroup: its limits and its figures.
#pragma once

#include "requests.h"

// At SETUP: makes it. A kernel without cgroups is no failure, unless a limit was asked for: then false with errno.
bool cgroup_create(const struct setup_request *request);

// Its directory, or -1.
int cgroup_fd(void);

// Kills all in it.
void cgroup_kill(void);
