#include "port.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "fatal.h"
#include "files.h"
#include "linux_abi.h"
#include "uevents.h"
#include "watch.h"

#define PORT_NAME "dev.containertui.agent"
enum { VSOCK_PORT = 1024 };

static int open_virtio(void) {
  DIR *ports = opendir("/sys/class/virtio-ports");
  if (ports == NULL) return -1;
  int fd = -1;
  const struct dirent *entry;
  while (fd < 0 && (entry = readdir(ports)) != NULL) {
    char path[300], name[64];
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/sys/class/virtio-ports/%s/name", entry->d_name);
    if (file_read(path, name, sizeof name) < 0) continue;
    name[strcspn(name, "\n")] = 0;
    if (strcmp(name, PORT_NAME) != 0) continue;
    snprintf(path, sizeof path, "/dev/%s", entry->d_name);
    fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }
  closedir(ports);
  return fd;
}

static bool vsock_present(void) {
  int fd = open("/dev/vsock", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  uint32_t cid = ABI_VSOCK_ANY;
  ioctl(fd, ABI_VSOCK_GET_LOCAL_CID, &cid);
  close(fd);
  return cid != ABI_VSOCK_ANY && cid != ABI_VSOCK_LOCAL;
}

static int listen_vsock(void) {
  int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  struct vsock_address address = {.family = AF_VSOCK, .port = VSOCK_PORT, .cid = ABI_VSOCK_ANY};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 4) == 0) return fd;
  close(fd);
  return -1;
}

static bool find(void *context) {
  struct port *port = context;
  port->fd = open_virtio();
  if (port->fd < 0 && vsock_present()) port->listener = listen_vsock();
  return port->fd >= 0 || port->listener >= 0;
}

// Edge-triggered, because a virtio-serial port without a host reports an end of file for as long as nobody is there.
static void watch_stream(struct port *port, int epoll) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u64 = WATCH_PORT};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, port->fd, &event) < 0) fatal("cannot watch the port: %s", strerror(errno));
  port->readable = port->writable = port->online = true;
}

void port_open(struct port *port, int epoll) {
  port->fd = port->listener = -1;
  if (!uevents_await(find, port)) fatal("no port %s and no vsock", PORT_NAME);
  if (port->fd >= 0) {
    watch_stream(port, epoll);
    return;
  }
  struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = WATCH_LISTENER};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, port->listener, &event) < 0) fatal("cannot watch: %s", strerror(errno));
}

static void accept_next(struct port *port, int epoll) {
  if (port->listener < 0 || port->fd >= 0) return;
  port->fd = accept4(port->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (port->fd >= 0) watch_stream(port, epoll);
}

void port_on_events(struct port *port, int epoll, uint32_t events, bool from_listener) {
  if (from_listener) {
    accept_next(port, epoll);
    return;
  }
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) port->readable = true;
  if (events & EPOLLOUT) port->writable = true;
  port->online = (events & EPOLLHUP) == 0;
}

ssize_t port_read(struct port *port, void *into, size_t size) {
  if (port->fd < 0 || !port->readable) return 0;
  ssize_t count = read(port->fd, into, size);
  if (count > 0) return count;
  if (count < 0 && errno == EINTR) return 0;
  port->readable = false;
  if (count < 0 && errno == EAGAIN) return 0;
  port->online = false;
  if (port->listener >= 0) {
    // A vsock connection is over for good; the next one may be waiting already.
    close(port->fd);
    port->fd = -1;
  }
  return -1;
}

size_t port_write(struct port *port, const void *bytes, size_t count) {
  if (port->fd < 0 || !port->writable) return 0;
  ssize_t written = write(port->fd, bytes, count);
  if (written > 0) return (size_t)written;
  // Zero is how a virtio-serial port says that its queue is full. What else went wrong shows when reading.
  if (written == 0 || errno != EINTR) port->writable = false;
  return 0;
}
