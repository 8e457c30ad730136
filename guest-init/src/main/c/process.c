#include "process.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bytes.h"
#include "requests.h"

static struct process table[PROCESSES_MAX];
_Alignas(4096) static uint8_t input_bytes[PROCESSES_MAX][INPUT_BYTES];

static void ready_slot(unsigned index) {
  struct process *process = &table[index];
  memset(process, 0, sizeof *process);
  process->exec = process->in.source = process->out.source = process->err.source = SOURCE_NONE;
  process->terminal_peer = -1;
  process->in.buffer = (struct ring){.bytes = input_bytes[index], .size = INPUT_BYTES};
}

void processes_init(void) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) ready_slot(i);
}

struct process *process_at(unsigned index) { return &table[index]; }

struct process *process_find(uint32_t handle) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    if (table[i].state != PROCESS_FREE && table[i].handle == handle) return &table[i];
  }
  return NULL;
}

struct process *process_claim(uint32_t handle) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    if (table[i].state != PROCESS_FREE) continue;
    ready_slot(i);
    table[i].state = PROCESS_SPAWNING;
    table[i].handle = handle;
    return &table[i];
  }
  return NULL;
}

bool process_retain(struct process *process) {
  uint8_t *bytes = mmap(NULL, 2 * KEPT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED) return false;
  process->retained = true;
  process->out.kept = (struct ring){.bytes = bytes, .size = KEPT_BYTES};
  process->err.kept = (struct ring){.bytes = bytes + KEPT_BYTES, .size = KEPT_BYTES};
  return true;
}

void process_forget(int epoll, struct process *process) {
  source_close(epoll, &process->exec);
  source_close(epoll, &process->in.source);
  source_close(epoll, &process->out.source);
  source_close(epoll, &process->err.source);
  if (process->terminal_peer >= 0) close(process->terminal_peer);
  if (process->retained) munmap(process->out.kept.bytes, 2 * KEPT_BYTES);
  unsigned index = (unsigned)(process - table);
  // Gives the pages back: 256 full buffers would be 16 MiB of the container's memory.
  madvise(input_bytes[index], INPUT_BYTES, MADV_DONTNEED);
  ready_slot(index);
}

struct process *process_main(void) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    struct process *process = &table[i];
    if (process->main && !process->reaped && process->state != PROCESS_FREE) return process;
  }
  return NULL;
}

void processes_detach(void) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    table[i].attached = false;
    table[i].spawn_request = 0;
    table[i].out.credit = table[i].err.credit = 0;
    table[i].in.credit = 0;
    table[i].in.passed = 0;
  }
}

void processes_answer(struct answer *answer) {
  for (unsigned i = 0; i < PROCESSES_MAX; i++) {
    const struct process *process = &table[i];
    if (process->state == PROCESS_FREE) continue;
    uint8_t *at = answer_field(answer, TAG_PROCESS, 9);
    if (at == NULL) return;
    put_u32(at, process->handle);
    put_u32(at + 4, (uint32_t)process->pid);
    at[8] = process->state != PROCESS_ENDED;
  }
}

void process_answer_end(const struct process *process, struct answer *answer) {
  int status = process->wait_status;
  answer_u32(answer, TAG_EXIT_CODE, (uint32_t)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status)));
  answer_u64(answer, TAG_CLOCK, process->ended_ns);
  if (WIFSIGNALED(status)) answer_u32(answer, TAG_SIGNAL, (uint32_t)WTERMSIG(status));
}

bool process_input(struct process *process, const uint8_t *bytes, uint32_t count) {
  struct input *in = &process->in;
  if (!process->attached || (in->eof && !process->terminal)) return false;
  if (count > in->credit) return false;
  in->credit -= count;
  // Nobody reads it any more, or nobody ever did: it goes the way of a write to a closed pipe, without the signal.
  if (in->source.fd < 0 && process->state != PROCESS_SPAWNING) {
    in->passed += count;
    return true;
  }
  return ring_put(&in->buffer, bytes, count);
}

static void acknowledge(struct output *output, size_t count) {
  ring_drop(&output->kept, count);
  output->start += count;
}

static bool resumable(const struct output *output, uint64_t offset) {
  return offset == OFFSET_NONE || (offset >= output->start && offset - output->start <= output->kept.length);
}

static void resume(struct output *output, uint64_t offset) {
  if (offset != OFFSET_NONE) acknowledge(output, (size_t)(offset - output->start));
  output->sent = 0;
  output->eof_sent = false;
}

bool process_resume(struct process *process, uint64_t out, uint64_t err) {
  if (!resumable(&process->out, out) || !resumable(&process->err, err)) return false;
  resume(&process->out, out);
  resume(&process->err, err);
  process->exited_sent = false;
  return true;
}

bool process_credit(struct process *process, uint32_t channel, uint32_t bytes) {
  if (channel != CHANNEL_OUT && channel != CHANNEL_ERR) return false;
  if (bytes < 1 || bytes > CREDIT_MAX) return false;
  struct output *output = channel == CHANNEL_OUT ? &process->out : &process->err;
  if (!process->attached || bytes > CREDIT_MAX - output->credit) return false;
  if (process->retained) {
    if (bytes > output->sent) return false;
    acknowledge(output, bytes);
    output->sent -= bytes;
  }
  output->credit += bytes;
  return true;
}
