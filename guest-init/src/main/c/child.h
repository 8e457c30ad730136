// The child's side of a SPAWN, from clone(2) to execve(2).
#pragma once

#include <stdint.h>

#include "requests.h"

// Where a program is looked up if its environment has no PATH.
#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// What the child has of init's descriptors.
struct child_ends {
  int exec;             // reports to init; closes when execve succeeds
  int main_pidfd;       // of the process whose namespaces to join; -1 for the main process itself
  int in, out, err;     // for a process without a terminal
};

// What the child sends to init over `exec`.
enum child_report { REPORT_TERMINAL = 'T', REPORT_ERROR = 'E', REPORT_ENTERED = 'R' };
enum { REPORT_TEXT_MAX = 1000 };
struct report {
  uint32_t kind;
  uint32_t error;
  char text[REPORT_TEXT_MAX];
};

// Leaves behind what init is: its signals, its session. `exec` hears of every failure from now on.
void child_begin(int exec);

// Makes the ends its standard streams and closes all else of init's but `exec` and `main_pidfd`.
void child_take_descriptors(const struct child_ends *ends);

// Enters the container, if the process is one beside the main one, and executes the program.
__attribute__((noreturn)) void child_become(struct spawn_request *request, const struct child_ends *ends);

// Makes a directory and its parents, as far as they are missing and can be made. Links are followed.
void child_make_directories(const char *path);

// Ends the child: the SPAWN is answered with this errno and text.
__attribute__((noreturn, format(printf, 2, 3))) void child_fail(int error, const char *format, ...);
