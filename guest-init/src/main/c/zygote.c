#define _GNU_SOURCE
#include "zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cgroup.h"
#include "container.h"
#include "early.h"
#include "fatal.h"
#include "linux_abi.h"
#include "mounts.h"
#include "read_ahead.h"
#include "targets.h"

enum { ORDER_DESCRIPTORS_MAX = MOUNTS_MAX, HOSTNAME_MAX = 64, ENTER_SECONDS = 30, END_SECONDS = 5 };

// ENTER: the container's root as a descriptor, and as payload the program to read ahead and where to look for it, both
// ended by a zero. Given ahead, it is done at once and answered; else RUN follows.
// MOUNT: what is to be mounted in the root, as mounts_order puts it.
// RUN: the three streams, and the payload of the SPAWN.
enum order_kind { ORDER_ENTER, ORDER_MOUNT, ORDER_RUN };

// Goes before the payload.
struct order {
  enum order_kind kind;
  bool ahead;
  char hostname[HOSTNAME_MAX + 1];
  uint64_t shm_bytes;
  uint32_t descriptors;
  uint32_t length;
};

// The mount and IPC namespaces of the container, held so that the end of its first process does not wait until all that
// is mounted there has been taken apart: the machine ends with it anyway.
static int held[2] = {-1, -1};

#define NO_ZYGOTE ((struct zygote){.pid = -1, .pidfd = -1, .orders = -1})
static struct zygote zygote = NO_ZYGOTE;
static struct order order;
static uint8_t payload_bytes[FRAME_PAYLOAD_MAX + 1];

static bool receive_order(int orders, int descriptors[ORDER_DESCRIPTORS_MAX]) {
  struct iovec parts[] = {{&order, sizeof order}, {payload_bytes, FRAME_PAYLOAD_MAX}};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(ORDER_DESCRIPTORS_MAX * sizeof(int))];
  } control;
  struct msghdr message = {
      .msg_iov = parts, .msg_iovlen = 2, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t count;
  do count = recvmsg(orders, &message, MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (count < (ssize_t)sizeof order || header == NULL) return false;
  memcpy(descriptors, CMSG_DATA(header), order.descriptors * sizeof(int));
  return (size_t)count == sizeof order + order.length;
}

static void enter_ahead(int orders, int root) {
  container_enter(root);
  const char *program = (const char *)payload_bytes;
  read_ahead(program, program + strlen(program) + 1);
  const struct report entered = {.kind = REPORT_ENTERED};
  send(orders, &entered, sizeof entered, MSG_NOSIGNAL);
}

__attribute__((noreturn)) static void live(int orders) {
  static struct spawn_request request;
  int descriptors[ORDER_DESCRIPTORS_MAX], root = -1;
  child_begin(orders);
  sys_close_range(STDERR_FILENO + 1, (unsigned)orders - 1);
  sys_close_range((unsigned)orders + 1, ~0u);
  container_prepare();
  for (;;) {
    // Init is gone, or something that is no order: nothing that could be reported to anybody.
    if (!receive_order(orders, descriptors)) _exit(127);
    if (order.kind == ORDER_RUN) break;
    if (order.kind == ORDER_MOUNT) {
      targets_take(descriptors, order.descriptors, payload_bytes, order.length);
      continue;
    }
    root = descriptors[0];
    if (!order.ahead) continue;
    enter_ahead(orders, root);
    root = -1;
  }
  // Not before the last order was taken: what is left unread in a socket that closes costs the other side the report.
  if (root >= 0) container_enter(root);
  targets_mount();
  const struct frame frame = {.length = order.length, .type = FRAME_SPAWN, .id = 1, .payload = payload_bytes};
  if (!spawn_parse(&frame, &request)) _exit(127);
  container_settle(order.hostname, order.shm_bytes);
  const struct child_ends ends = {
      .exec = orders, .main_pidfd = -1, .in = descriptors[0], .out = descriptors[1], .err = descriptors[2]};
  child_become(&request, &ends);
}

static void hold_namespaces(pid_t pid) {
  static const char *const names[] = {"mnt", "ipc"};
  zygote_release();
  for (int i = 0; i < 2; i++) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, names[i]);
    held[i] = open(path, O_RDONLY | O_CLOEXEC);
  }
}

void zygote_release(void) {
  for (int i = 0; i < 2; i++) {
    if (held[i] >= 0) close(held[i]);
    held[i] = -1;
  }
}

bool zygote_prepare(struct failure *failure) {
  if (zygote.pid >= 0) return true;
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
    fail(failure, errno, "socket of the first process: %s", strerror(errno));
    return false;
  }
  const uint64_t namespaces = ABI_CLONE_NEWPID | ABI_CLONE_NEWNS | ABI_CLONE_NEWUTS | ABI_CLONE_NEWIPC;
  zygote.pid = cgroup_clone(namespaces, &zygote.pidfd);
  if (zygote.pid == 0) live(pair[1]);
  int error = errno;
  close(pair[1]);
  if (zygote.pid < 0) {
    close(pair[0]);
    fail(failure, error, "clone: %s", strerror(error));
    return false;
  }
  zygote.orders = pair[0];
  hold_namespaces(zygote.pid);
  return true;
}

void zygote_configure(const struct setup_request *request) {
  memset(&order, 0, sizeof order);
  strncpy(order.hostname, request->hostname, HOSTNAME_MAX);
  order.shm_bytes = request->shm_bytes;
}

static bool send_order(enum order_kind kind, const int *descriptors, uint32_t count, const uint8_t *payload,
    uint32_t length) {
  const size_t size = count * sizeof(int);
  order.kind = kind;
  order.descriptors = count;
  order.length = length;
  struct iovec parts[] = {{&order, sizeof order}, {(void *)(uintptr_t)payload, length}};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(ORDER_DESCRIPTORS_MAX * sizeof(int))];
  } control = {.bytes = {0}};
  struct msghdr message = {
      .msg_iov = parts, .msg_iovlen = 2, .msg_control = control.bytes, .msg_controllen = CMSG_SPACE(size)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(size);
  memcpy(CMSG_DATA(header), descriptors, size);
  // The socket is as good as empty and takes a message of the largest size at once.
  return sendmsg(zygote.orders, &message, MSG_NOSIGNAL) >= 0;
}

static void forget(void) {
  if (zygote.pidfd >= 0) close(zygote.pidfd);
  if (zygote.orders >= 0) close(zygote.orders);
  zygote = NO_ZYGOTE;
}

void zygote_discard(void) {
  if (zygote.pid < 0) return;
  sys_pidfd_send_signal(zygote.pidfd, SIGKILL);
  // Its mounts are gone before it is.
  struct pollfd ended = {.fd = zygote.pidfd, .events = POLLIN};
  poll(&ended, 1, END_SECONDS * 1000);
  forget();
  zygote_release();
}

static bool send_enter(bool ahead, const uint8_t *payload, uint32_t length) {
  if (zygote.entered) return true;
  // As a mount that is nowhere: it can be attached in the other mount namespace.
  int root = sys_open_tree(AT_FDCWD, ROOT_PATH, ABI_OPEN_TREE_CLONE | O_CLOEXEC);
  if (root < 0) return false;
  order.ahead = ahead;
  zygote.entered = send_order(ORDER_ENTER, &root, 1, payload, length);
  int error = errno;
  close(root);
  errno = error;
  return zygote.entered;
}

static bool await_entered(struct failure *failure) {
  struct report report;
  struct pollfd answer = {.fd = zygote.orders, .events = POLLIN};
  int ready;
  do ready = poll(&answer, 1, ENTER_SECONDS * 1000);
  while (ready < 0 && errno == EINTR);
  if (ready > 0 && recv(zygote.orders, &report, sizeof report, 0) == sizeof report) {
    if (report.kind == REPORT_ENTERED) return true;
    report.text[REPORT_TEXT_MAX - 1] = 0;
    fail(failure, (int)report.error, "%s", report.text);
  } else {
    fail(failure, ready == 0 ? ETIMEDOUT : ECHILD, "the first process did not enter the container's root");
  }
  return false;
}

bool zygote_enter(const struct prepare_request *request, struct failure *failure) {
  char ahead[2 * (PROGRAM_MAX + 1)];
  const char *program = request->program != NULL ? request->program : "";
  const char *path = request->program_path != NULL ? request->program_path : "";
  size_t length = strlen(program) + 1;
  memcpy(ahead, program, length);
  memcpy(ahead + length, path, strlen(path) + 1);
  length += strlen(path) + 1;
  if (!send_enter(true, (const uint8_t *)ahead, (uint32_t)length)) {
    fail(failure, errno, "the first process: %s", strerror(errno));
  } else if (await_entered(failure)) {
    return true;
  }
  zygote_discard();
  return false;
}

static bool send_mounts(void) {
  static uint8_t payload[FRAME_PAYLOAD_MAX];
  int trees[MOUNTS_MAX];
  uint32_t length;
  uint32_t count = mounts_order(trees, payload, &length);
  return count == 0 || send_order(ORDER_MOUNT, trees, count, payload, length);
}

static bool send_run(const struct child_ends *ends, const uint8_t *payload, uint32_t length) {
  const int streams[] = {ends->in, ends->out, ends->err};
  return send_enter(false, NULL, 0) && send_mounts() && send_order(ORDER_RUN, streams, 3, payload, length);
}

bool zygote_order(const struct child_ends *ends, const uint8_t *payload, uint32_t length, struct zygote *taken,
    struct failure *failure) {
  bool sent = zygote_prepare(failure);
  if (sent && !(sent = send_run(ends, payload, length)) && errno == EPIPE) {
    // It was killed meanwhile, for want of memory for example.
    forget();
    sent = zygote_prepare(failure) && send_run(ends, payload, length);
  }
  if (!sent && zygote.pid >= 0) fail(failure, errno, "the first process: %s", strerror(errno));
  if (!sent) return false;
  mounts_given();
  *taken = zygote;
  zygote = NO_ZYGOTE;
  if (fcntl(taken->orders, F_SETFL, O_NONBLOCK) < 0) fatal("a socket: %s", strerror(errno));
  return true;
}
