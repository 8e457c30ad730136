// The first use of a volume: it gets what the image has at its place.
#pragma once

#include <stdbool.h>

// Copies a directory's content, its owner, mode and attributes to another one if that is empty, or if such a copy was
// cut short there before. Other file systems mounted in it are left out. False with errno.
//   from  a descriptor of the directory, may be O_PATH
//   to    a mount, of a volume
bool copy_up(int from, int to);
