#include "serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "freezer.h"
#include "helper.h"
#include "limits.h"
#include "mounts.h"
#include "process.h"
#include "replies.h"
#include "requests.h"
#include "setup.h"
#include "spawn.h"
#include "stamps.h"
#include "standstill.h"
#include "stats.h"
#include "terminal.h"

static bool prepared, joined, setup_asked, setup_done;
static struct answer answer;
static struct failure failure;

static enum served refuse(struct ring *outbox, uint32_t id, int error, const char *text) {
  reply_error(outbox, id, (uint32_t)error, text);
  return SERVED;
}

static enum served serve_prepare(const struct frame *frame, struct ring *outbox) {
  static struct prepare_request request;
  if (!prepare_parse(frame, &request)) return SERVE_BROKEN;
  // Once without joining the disks, for any image, and once with it, for one image.
  if (setup_asked || joined || (prepared && request.join == 0)) {
    return refuse(outbox, frame->id, EALREADY, "the machine is prepared already");
  }
  prepared = true;
  joined = request.join != 0;
  if (!prepare_machine(&request, &failure)) return refuse(outbox, frame->id, (int)failure.error, failure.text);
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

bool serve_is_template(void) { return prepared && !setup_asked; }

static enum served serve_setup(const struct frame *frame, struct ring *outbox) {
  static struct setup_request request;
  if (!setup_parse(frame, &request)) return SERVE_BROKEN;
  if (setup_asked) return refuse(outbox, frame->id, EALREADY, "the machine is set up already");
  setup_asked = true;
  setup_done = setup_machine(&request, &failure);
  if (!setup_done) return refuse(outbox, frame->id, (int)failure.error, failure.text);
  stamps_answer(&answer, STEP_DISKS, STEP_NETWORK);
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

static enum served serve_spawn(const struct frame *frame, struct ring *outbox) {
  static struct spawn_request request;
  // Parsing writes into the frame, and the main process parses it again.
  static uint8_t unparsed[FRAME_PAYLOAD_MAX];
  memcpy(unparsed, frame->payload, frame->length);
  if (!spawn_parse(frame, &request)) return SERVE_BROKEN;
  if (!setup_done) return refuse(outbox, frame->id, EINVAL, "the machine is not set up");
  if (request.role == ROLE_TOOL && request.terminal) {
    return refuse(outbox, frame->id, EINVAL, "a tool has no terminal");
  }
  if (request.role != ROLE_TOOL && freezer_is_on()) {
    return refuse(outbox, frame->id, EBUSY, "the container is frozen");
  }
  const struct process *running = process_main();
  if (request.role == ROLE_MAIN && running != NULL) {
    return refuse(outbox, frame->id, EALREADY, "the container has its main process already");
  }
  if (request.role == ROLE_BESIDE && (running == NULL || running->state != PROCESS_RUNNING)) {
    return refuse(outbox, frame->id, ESRCH, "the container is not running");
  }
  if (spawn_start(&request, unparsed, frame->length, frame->id, &failure) == NULL) {
    return refuse(outbox, frame->id, (int)failure.error, failure.text);
  }
  return SERVED;
}

static enum served serve_signal(const struct frame *frame, struct ring *outbox) {
  struct signal_request request;
  if (!signal_parse(frame, &request)) return SERVE_BROKEN;
  const struct process *process = process_find(request.handle);
  if (process == NULL || process->reaped) return refuse(outbox, frame->id, ESRCH, "no such process");
  // Not reaped, so the number is the process's own still.
  if (kill(process->pid, (int)request.signal) < 0) return refuse(outbox, frame->id, errno, strerror(errno));
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

static enum served serve_resize(const struct frame *frame, struct ring *outbox) {
  struct resize_request request;
  if (!resize_parse(frame, &request)) return SERVE_BROKEN;
  const struct process *process = process_find(request.handle);
  if (process == NULL) return refuse(outbox, frame->id, ESRCH, "no such process");
  if (!process->terminal) return refuse(outbox, frame->id, ENOTTY, "the process has no terminal");
  int master = process->out.source.fd;
  if (master >= 0 && terminal_resize(master, (uint16_t)request.columns, (uint16_t)request.rows) < 0) {
    return refuse(outbox, frame->id, errno, strerror(errno));
  }
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

static enum served serve_attach(const struct frame *frame, struct ring *outbox) {
  struct attach_request request;
  if (!attach_parse(frame, &request)) return SERVE_BROKEN;
  struct process *process = process_find(request.handle);
  if (process == NULL) return refuse(outbox, frame->id, ESRCH, "no such process");
  if (!process_resume(process, request.offset_out, request.offset_err)) {
    return refuse(outbox, frame->id, EINVAL, "the output at this offset is not kept");
  }
  process->attached = true;
  process->out.credit = request.credit_out;
  process->err.credit = request.credit_err;
  process->in.passed = 0;
  process->in.credit = process->state == PROCESS_SPAWNING ? 0 : (uint32_t)ring_room(&process->in.buffer);
  answer_u32(&answer, TAG_CREDIT_IN, process->in.credit);
  answer_u64(&answer, TAG_OFFSET_OUT, process->out.start);
  answer_u64(&answer, TAG_OFFSET_ERR, process->err.start);
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

static enum served serve_mount(const struct frame *frame, struct ring *outbox) {
  struct mount_request request;
  if (!mount_parse(frame, &request)) return SERVE_BROKEN;
  if (!setup_done) return refuse(outbox, frame->id, EINVAL, "the machine is not set up");
  if (process_main() != NULL) return refuse(outbox, frame->id, EALREADY, "the container has its main process already");
  if (!mounts_add(&request, &failure)) return refuse(outbox, frame->id, (int)failure.error, failure.text);
  reply_ok(outbox, frame->id, &answer);
  return SERVED;
}

// What takes a while: answered later, by whom it is given to.
static enum served serve_lasting(const struct frame *frame, struct ring *outbox) {
  struct freeze_request freeze;
  struct limits_request limits;
  if (frame->type == FRAME_LIMITS ? !limits_parse(frame, &limits) : !freeze_parse(frame, &freeze)) return SERVE_BROKEN;
  if (!setup_done) return refuse(outbox, frame->id, EINVAL, "the machine is not set up");
  bool begun = frame->type == FRAME_LIMITS ? limits_request(frame->id, &limits, &failure)
      : frame->type == FRAME_FREEZE      ? freezer_request(frame->id, freeze.frozen != 0, &failure)
                                         : standstill_request(frame->id, freeze.frozen != 0, &failure);
  return begun ? SERVED : refuse(outbox, frame->id, (int)failure.error, failure.text);
}

// Messages about a process that get no reply. It may just have ended: then they are for nobody.
static enum served serve_process(int epoll, const struct frame *frame) {
  struct process *process = process_find(frame->id);
  if (process == NULL) return SERVED;
  bool allowed = true;
  switch (frame->type) {
    case FRAME_DATA_IN:
      allowed = process_input(process, frame->payload, frame->length);
      break;
    case FRAME_EOF_IN:
      process->in.eof = true;
      break;
    case FRAME_CREDIT:
      allowed = process_credit(process, get_u32(frame->payload), get_u32(frame->payload + 4));
      break;
    case FRAME_RELEASE:
      if (process->state == PROCESS_ENDED) process_forget(epoll, process);
  }
  return allowed ? SERVED : SERVE_BROKEN;
}

enum served serve(int epoll, const struct frame *frame, struct ring *outbox) {
  answer_clear(&answer);
  switch (frame->type) {
    case FRAME_PREPARE:
      return serve_prepare(frame, outbox);
    case FRAME_SETUP:
      return serve_setup(frame, outbox);
    case FRAME_SPAWN:
      return serve_spawn(frame, outbox);
    case FRAME_MOUNT:
      return serve_mount(frame, outbox);
    case FRAME_SIGNAL:
      return serve_signal(frame, outbox);
    case FRAME_RESIZE:
      return serve_resize(frame, outbox);
    case FRAME_ATTACH:
      return serve_attach(frame, outbox);
    case FRAME_STATS:
      stats_answer(&answer);
      reply_ok(outbox, frame->id, &answer);
      return SERVED;
    case FRAME_PROCESSES:
      if (!helper_request(frame->id)) return refuse(outbox, frame->id, errno, "cannot list the processes now");
      return SERVED;
    case FRAME_PING:
      ring_put_frame(outbox, FRAME_OK, frame->id, frame->payload, frame->length);
      return SERVED;
    case FRAME_FREEZE:
    case FRAME_LIMITS:
    case FRAME_FREEZE_DISK:
      return serve_lasting(frame, outbox);
    case FRAME_SHUTDOWN:
      return SERVE_SHUTDOWN;
    case FRAME_DATA_IN:
    case FRAME_EOF_IN:
    case FRAME_CREDIT:
    case FRAME_RELEASE:
      return serve_process(epoll, frame);
    default:
      return SERVE_BROKEN;
  }
}
