#define _GNU_SOURCE
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cgroup.h"
#include "child.h"
#include "fatal.h"
#include "linux_abi.h"
#include "terminal.h"
#include "tool.h"
#include "zygote.h"

static int own_pid_namespace = -1;
static int main_pidfd = -1;

void fail(struct failure *failure, int error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->text, sizeof failure->text, format, arguments);
  va_end(arguments);
  failure->error = (uint32_t)error;
}

void spawn_init(void) {
  own_pid_namespace = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
  if (own_pid_namespace < 0) fatal("no PID namespaces: %s", strerror(errno));
}

// The ends of a spawn's descriptors; -1 where there is none.
struct ends {
  struct child_ends child;
  int exec, in, out, err;  // init's
};

static void close_all(const int *fds, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (fds[i] >= 0) close(fds[i]);
  }
}

static void close_childs(const struct ends *ends) {
  close_all((int[]){ends->child.exec, ends->child.in, ends->child.out, ends->child.err}, 4);
}

static void close_inits(const struct ends *ends) {
  close_all((int[]){ends->exec, ends->in, ends->out, ends->err}, 4);
}

static bool make_pipe(int *read_end, int *write_end, int *own) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  *read_end = ends[0];
  *write_end = ends[1];
  return fcntl(*own, F_SETFL, O_NONBLOCK) == 0;
}

static bool make_ends(const struct spawn_request *request, struct ends *ends) {
  *ends = (struct ends){.child = {-1, -1, -1, -1, -1}, .exec = -1, .in = -1, .out = -1, .err = -1};
  // With a terminal the child replaces these.
  bool closed = request->terminal || !request->stdin_open;
  if (closed) ends->child.in = open("/dev/null", O_RDWR | O_CLOEXEC);
  else if (!make_pipe(&ends->child.in, &ends->in, &ends->in)) return false;
  if (request->terminal) {
    ends->child.out = open("/dev/null", O_RDWR | O_CLOEXEC);
    ends->child.err = open("/dev/null", O_RDWR | O_CLOEXEC);
  } else if (!make_pipe(&ends->out, &ends->child.out, &ends->out)
      || !make_pipe(&ends->err, &ends->child.err, &ends->err)) {
    return false;
  }
  return ends->child.in >= 0 && ends->child.out >= 0 && ends->child.err >= 0;
}

// A child is born into the PID namespace that its parent has chosen for children.
static pid_t clone_beside(struct spawn_request *request, struct ends *ends, int *pidfd) {
  if (setns(main_pidfd, (int)ABI_CLONE_NEWPID) < 0) return -1;
  ends->child.main_pidfd = main_pidfd;
  pid_t pid = cgroup_clone(0, pidfd);
  if (pid == 0) {
    child_begin(ends->child.exec);
    child_become(request, &ends->child);
  }
  int error = errno;
  if (setns(own_pid_namespace, (int)ABI_CLONE_NEWPID) < 0) fatal("cannot leave a namespace: %s", strerror(errno));
  errno = error;
  return pid;
}

// Outside of the container's cgroup and PID namespace, so that it does not end or stand still with it.
static pid_t clone_tool(const struct spawn_request *request, struct ends *ends) {
  const struct process *running = process_main();
  struct clone3_args args = {.exit_signal = SIGCHLD};
  ends->child.main_pidfd = running != NULL && running->state == PROCESS_RUNNING ? main_pidfd : -1;
  pid_t pid = (pid_t)sys_clone3(&args);
  if (pid == 0) {
    child_begin(ends->child.exec);
    tool_become(request, &ends->child);
  }
  return pid;
}

static bool main_lives(void) {
  struct pollfd ended = {.fd = main_pidfd, .events = POLLIN};
  return poll(&ended, 1, 0) == 0;
}

static struct process *claim(const struct spawn_request *request, struct failure *failure) {
  if (process_find(request->handle) != NULL) {
    fail(failure, EEXIST, "the process handle is taken");
    return NULL;
  }
  struct process *process = process_claim(request->handle);
  if (process == NULL) fail(failure, EAGAIN, "%d processes have handles, which is all there can be", PROCESSES_MAX);
  return process;
}

static pid_t start_main(struct ends *ends, const uint8_t *payload, uint32_t length, struct failure *failure) {
  struct zygote zygote;
  if (!zygote_order(&ends->child, payload, length, &zygote, failure)) return -1;
  if (main_pidfd >= 0) close(main_pidfd);
  main_pidfd = zygote.pidfd;
  ends->exec = zygote.orders;
  return zygote.pid;
}

static pid_t start_beside(struct spawn_request *request, struct ends *ends, struct failure *failure) {
  int pair[2], pidfd = -1;
  pid_t pid = -1;
  const char *step = "socket";
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
    ends->exec = pair[0];
    ends->child.exec = pair[1];
    step = "clone";
    if (fcntl(ends->exec, F_SETFL, O_NONBLOCK) < 0) pid = -1;
    else if (request->role == ROLE_TOOL) pid = clone_tool(request, ends);
    else pid = clone_beside(request, ends, &pidfd);
  }
  int error = errno;
  if (pid >= 0) {
    if (pidfd >= 0) close(pidfd);
    return pid;
  }
  // How the kernel says that a PID namespace has lost its first process.
  if (request->role == ROLE_BESIDE && (error == ENOMEM || error == ESRCH) && !main_lives()) fail(failure, ESRCH, "the container is not running any more");
  else fail(failure, error, "%s: %s", step, strerror(error));
  return -1;
}

struct process *spawn_start(struct spawn_request *request, const uint8_t *payload, uint32_t length,
    uint32_t request_id, struct failure *failure) {
  struct process *process = claim(request, failure);
  if (process == NULL) return NULL;
  struct ends ends;
  pid_t pid = -1;
  if (request->retain && !process_retain(process)) {
    fail(failure, errno, "memory to keep output in: %s", strerror(errno));
    process_forget(-1, process);
    return NULL;
  }
  if (!make_ends(request, &ends)) fail(failure, errno, "pipes: %s", strerror(errno));
  else if (request->role == ROLE_MAIN) pid = start_main(&ends, payload, length, failure);
  else pid = start_beside(request, &ends, failure);
  close_childs(&ends);
  if (pid < 0) {
    close_inits(&ends);
    process_forget(-1, process);
    return NULL;
  }
  process->pid = pid;
  process->main = request->role == ROLE_MAIN;
  process->terminal = request->terminal;
  process->attached = true;
  process->spawn_request = request_id;
  process->exec.fd = ends.exec;
  process->in.source.fd = ends.in;
  process->out.source.fd = ends.out;
  process->err.source.fd = ends.err;
  process->out.credit = request->credit_out;
  process->err.credit = request->credit_err;
  return process;
}

static void take_terminal(struct process *process, int master) {
  if (process->out.source.fd >= 0 || !process->terminal) {
    close(master);
    return;
  }
  fcntl(master, F_SETFL, O_NONBLOCK);
  process->terminal_peer = terminal_open_peer(master);
  process->out.source.fd = master;
  // One descriptor per direction, because each is waited for by itself.
  process->in.source.fd = fcntl(master, F_DUPFD_CLOEXEC, 3);
}

static ssize_t receive(int fd, struct report *report, int *passed) {
  struct iovec part = {report, sizeof *report};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  *passed = -1;
  ssize_t count = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
  if (count < 0) return count;
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    memcpy(passed, CMSG_DATA(header), sizeof *passed);
  }
  return count;
}

enum spawn_outcome spawn_progress(int epoll, struct process *process, struct failure *failure) {
  for (;;) {
    struct report report;
    int passed;
    ssize_t count = receive(process->exec.fd, &report, &passed);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return SPAWN_PENDING;
    if (count <= 0) {
      // execve has closed it, or the child was killed before; its end then says so.
      source_close(epoll, &process->exec);
      process->state = PROCESS_RUNNING;
      // Without an answer to say so, CREDIT does.
      if (process->spawn_request == 0) process->in.passed = INPUT_BYTES;
      else process->in.credit = INPUT_BYTES;
      return SPAWN_DONE;
    }
    if (passed >= 0 && report.kind == REPORT_TERMINAL) {
      take_terminal(process, passed);
      continue;
    }
    if (passed >= 0) close(passed);
    if (count != sizeof report || report.kind != REPORT_ERROR) continue;
    report.text[REPORT_TEXT_MAX - 1] = 0;
    fail(failure, (int)report.error, "%s", report.text);
    source_close(epoll, &process->exec);
    process->state = PROCESS_RUNNING;
    return SPAWN_FAILED;
  }
}
