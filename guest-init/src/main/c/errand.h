// A forked copy of init that makes calls into the kernel which may take long, and says how they went. Init never waits.
#pragma once

#include <stdbool.h>

#include "watch.h"

struct errand {
  struct source source;  // its report; closed when there is none under way
};

// Starts it. The work has no descriptors of init's but the null ones, and returns 0 or an errno. False with errno.
bool errand_start(struct errand *errand, int (*work)(void));

static inline bool errand_under_way(const struct errand *errand) { return errand->source.fd >= 0; }

// True once it has ended; *error is what the work returned, or EIO if it was killed.
bool errand_ended(int epoll, struct errand *errand, int *error);
