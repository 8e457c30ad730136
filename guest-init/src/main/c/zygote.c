#define _GNU_SOURCE
#include "zygote.h"

#include <errno.h>
#include <fcntl.h>
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

enum { ORDER_DESCRIPTORS = 4, HOSTNAME_MAX = 64 };

// Goes before the payload of the SPAWN, with the three streams and the container's root as descriptors.
struct order {
  char hostname[HOSTNAME_MAX + 1];
  uint64_t shm_bytes;
  uint32_t length;
};

// The mount and IPC namespaces of the container, held so that the end of its first process does not wait until all that
// is mounted there has been taken apart: the machine ends with it anyway.
static int held[2] = {-1, -1};

static struct zygote zygote = {.pid = -1, .pidfd = -1, .orders = -1};
static struct order order;
static uint8_t payload_bytes[FRAME_PAYLOAD_MAX + 1];

static bool receive_order(int orders, int descriptors[ORDER_DESCRIPTORS]) {
  struct iovec parts[] = {{&order, sizeof order}, {payload_bytes, FRAME_PAYLOAD_MAX}};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(ORDER_DESCRIPTORS * sizeof(int))];
  } control;
  struct msghdr message = {
      .msg_iov = parts, .msg_iovlen = 2, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t count;
  do count = recvmsg(orders, &message, MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (count < (ssize_t)sizeof order || header == NULL) return false;
  memcpy(descriptors, CMSG_DATA(header), ORDER_DESCRIPTORS * sizeof(int));
  return (size_t)count == sizeof order + order.length;
}

__attribute__((noreturn)) static void live(int orders) {
  static struct spawn_request request;
  int descriptors[ORDER_DESCRIPTORS];
  child_begin(orders);
  sys_close_range(STDERR_FILENO + 1, (unsigned)orders - 1);
  sys_close_range((unsigned)orders + 1, ~0u);
  container_prepare();
  // Init is gone, or something that is no order: nothing that could be reported to anybody.
  if (!receive_order(orders, descriptors)) _exit(127);
  const struct frame frame = {.length = order.length, .type = FRAME_SPAWN, .id = 1, .payload = payload_bytes};
  if (!spawn_parse(&frame, &request)) _exit(127);
  container_enter(descriptors[3], order.hostname, order.shm_bytes);
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

static bool send_order(int root, const struct child_ends *ends, const uint8_t *payload, uint32_t length) {
  const int descriptors[ORDER_DESCRIPTORS] = {ends->in, ends->out, ends->err, root};
  order.length = length;
  struct iovec parts[] = {{&order, sizeof order}, {(void *)(uintptr_t)payload, length}};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof descriptors)];
  } control = {.bytes = {0}};
  struct msghdr message = {
      .msg_iov = parts, .msg_iovlen = 2, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptors);
  memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
  // The socket is empty and takes a message of the largest size at once.
  return sendmsg(zygote.orders, &message, MSG_NOSIGNAL) >= 0;
}

static void forget(void) {
  if (zygote.pidfd >= 0) close(zygote.pidfd);
  if (zygote.orders >= 0) close(zygote.orders);
  zygote = (struct zygote){.pid = -1, .pidfd = -1, .orders = -1};
}

bool zygote_order(const struct child_ends *ends, const uint8_t *payload, uint32_t length, struct zygote *taken,
    struct failure *failure) {
  // As a mount that is nowhere: it can be attached in the other mount namespace.
  int root = sys_open_tree(AT_FDCWD, ROOT_PATH, ABI_OPEN_TREE_CLONE | O_CLOEXEC);
  if (root < 0) {
    fail(failure, errno, "the container's root: %s", strerror(errno));
    return false;
  }
  bool sent = zygote_prepare(failure);
  if (sent && !(sent = send_order(root, ends, payload, length)) && errno == EPIPE) {
    // It was killed meanwhile, for want of memory for example.
    forget();
    sent = zygote_prepare(failure) && send_order(root, ends, payload, length);
  }
  if (!sent && zygote.pid >= 0) fail(failure, errno, "the first process: %s", strerror(errno));
  close(root);
  if (!sent) return false;
  *taken = zygote;
  zygote = (struct zygote){.pid = -1, .pidfd = -1, .orders = -1};
  if (fcntl(taken->orders, F_SETFL, O_NONBLOCK) < 0) fatal("a socket: %s", strerror(errno));
  return true;
}
