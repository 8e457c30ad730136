#include "uevents.h"

#include <poll.h>
#include <unistd.h>

#include "linux_abi.h"
#include "stamps.h"

static int subscribe(void) {
  int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, ABI_NETLINK_KOBJECT_UEVENT);
  if (fd < 0) return -1;
  struct netlink_address address = {.family = AF_NETLINK, .groups = 1};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

static void drain(int fd) {
  char message[4096];
  while (recv(fd, message, sizeof message, 0) > 0) continue;
}

bool uevents_await(bool (*ready)(void *context), void *context) {
  if (ready(context)) return true;
  // What appears between the look above and the subscription is found by the look below.
  int fd = subscribe();
  const uint64_t deadline = clock_ns() + DEVICE_WAIT_SECONDS * 1000000000ull;
  bool found;
  while (!(found = ready(context)) && clock_ns() < deadline) {
    // Some attributes come without an announcement of their own, so it also looks now and then.
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    poll(&waiting, 1, 50);
    if (fd >= 0) drain(fd);
  }
  if (fd >= 0) close(fd);
  return found;
}
