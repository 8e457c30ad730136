// The processes that the host has handles of.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fields.h"
#include "frame.h"
#include "ring.h"
#include "watch.h"

enum { PROCESSES_MAX = 256, INPUT_BYTES = 65536, KEPT_BYTES = 131072 };

enum process_state {
  PROCESS_FREE,
  PROCESS_SPAWNING,  // cloned, execve has neither succeeded nor failed yet
  PROCESS_RUNNING,
  PROCESS_ENDED,
};

// Standard output or error.
struct output {
  struct source source;
  struct ring kept;  // what a retained process wrote and the host has not acknowledged; else without memory
  size_t sent;       // bytes of `kept` that this client has been sent
  uint64_t start;    // bytes that came before those in `kept`, since the process's start
  uint64_t piece_ns; // when a terminal last gave less than a good piece, or 0
  uint32_t credit;
  bool eof_sent;
};

// Standard input: what the host sent and the process has not taken yet.
struct input {
  struct source source;
  struct ring buffer;
  uint32_t credit;  // what the host may still send
  uint32_t passed;  // taken by the process and not yet granted again
  bool eof;         // the host sends no more
};

struct process {
  enum process_state state;
  uint32_t handle;
  pid_t pid;
  bool main;
  bool terminal;
  bool retained;
  bool attached;  // the connected client knows the process, and said how much it takes
  bool exited_sent;
  bool reaped;
  int wait_status;
  uint64_t ended_ns;
  uint32_t spawn_request;  // to be answered, or 0
  struct source exec;      // the child's report while spawning
  struct input in;
  struct output out, err;
  int terminal_peer;  // keeps the terminal open until the process has ended, or -1
};

void processes_init(void);

// The slot with that index, whatever its state.
struct process *process_at(unsigned index);

struct process *process_find(uint32_t handle);

// A free slot, readied for the handle, or null.
struct process *process_claim(uint32_t handle);

// Keeps its output from now on until it is acknowledged. False with errno.
bool process_retain(struct process *process);

// Closes everything and frees the slot.
void process_forget(int epoll, struct process *process);

// The container's main process while it lives.
struct process *process_main(void);

// The client went away: credit is void, nothing is sent until each process is attached again.
void processes_detach(void);

void processes_answer(struct answer *answer);

// Writes SIGNAL (if it was killed by one) and EXIT_CODE.
void process_answer_end(const struct process *process, struct answer *answer);

// Input from the host; false if it breaks the rules.
bool process_input(struct process *process, const uint8_t *bytes, uint32_t count);

// Goes on with the byte at this offset, or with the first one that was not acknowledged (OFFSET_NONE), in each channel.
// False if either is not kept, and then nothing has changed.
bool process_resume(struct process *process, uint64_t out, uint64_t err);

// Credit from the host, which acknowledges what a retained process wrote; false if it breaks the rules.
bool process_credit(struct process *process, uint32_t channel, uint32_t bytes);
