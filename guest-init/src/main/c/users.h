// USER of a SPAWN, looked up in the container's /etc/passwd and /etc/group. Both files are the image's: hostile.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { GROUPS_MAX = 256, HOME_MAX = 1024, ACCOUNT_FILE_MAX = 1 << 20, USER_NAME_MAX = 256 };

struct identity {
  uint32_t uid, gid;
  uint32_t groups[GROUPS_MAX];
  uint32_t group_count;
  char home[HOME_MAX];
};

// Fills the identity for `user`, `uid`, each optionally with `:group` or `:gid`; null means 0:0.
// Returns null, or what is wrong with it, one line.
const char *identity_find(
    const char *user, const char *passwd_path, const char *group_path, struct identity *identity);
