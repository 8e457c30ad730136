// /etc/hostname, /etc/hosts and /etc/resolv.conf: files of init's own, mounted over the image's.
#pragma once

#include "requests.h"

enum { NAME_HOSTNAME, NAME_HOSTS, NAME_RESOLV_CONF, NAMES };

// Makes them, empty. False with errno.
bool names_prepare(void);

// At SETUP: writes them. False with errno.
bool names_write(const struct setup_request *request);

// In the main process, while it still sees init's root: takes hold of them.
void names_clone(int files[NAMES]);

// In the main process, in the container's root: mounts them.
void names_mount(const int files[NAMES]);
