// The tool `unpack`: makes files as standard input tells. PROTOCOL.md, section 10.
#pragma once

#include <stdbool.h>

// In a process of its own, whose root is the container's and whose working directory is the destination. Ends it.
__attribute__((noreturn)) void unpack(bool no_overwrite);
