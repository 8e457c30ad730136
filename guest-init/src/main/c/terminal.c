#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "child.h"
#include "linux_abi.h"

enum { TTY_MAJOR = 5, PTMX_MINOR = 2 };

static int open_master(void) {
  int master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master < 0) child_fail(errno, "terminal: /dev/pts/ptmx: %s", strerror(errno));
  // A container that may mount could have put anything there; init reads only from a real one.
  struct stat status;
  if (fstat(master, &status) < 0 || !S_ISCHR(status.st_mode) || status.st_rdev != makedev(TTY_MAJOR, PTMX_MINOR)) {
    child_fail(EINVAL, "terminal: /dev/pts/ptmx is no pseudo terminal");
  }
  int unlocked = 0;
  if (ioctl(master, TIOCSPTLCK, &unlocked) < 0) child_fail(errno, "terminal: unlock: %s", strerror(errno));
  return master;
}

static void send_master(int master, int report_fd) {
  struct report report = {.kind = REPORT_TERMINAL};
  struct iovec part = {&report, sizeof report};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  memset(&control, 0, sizeof control);
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &master, sizeof master);
  if (sendmsg(report_fd, &message, MSG_NOSIGNAL) < 0) child_fail(errno, "terminal: %s", strerror(errno));
}

// The main process's terminal is the container's console too.
static void bind_console(int master) {
  unsigned number;
  char path[32];
  if (ioctl(master, TIOCGPTN, &number) < 0) return;
  snprintf(path, sizeof path, "/dev/pts/%u", number);
  int fd = open("/dev/console", O_CREAT | O_WRONLY | O_CLOEXEC | O_NOCTTY, 0600);
  if (fd >= 0) close(fd);
  mount(path, "/dev/console", NULL, MS_BIND, NULL);
}

void terminal_attach(const struct spawn_request *request, int report_fd) {
  int master = open_master();
  terminal_resize(master, request->columns, request->rows);
  // Opened through the container's own mount, so that its path there is /dev/pts/N.
  int slave = ioctl(master, ABI_TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0) child_fail(errno, "terminal: %s", strerror(errno));
  if (ioctl(slave, TIOCSCTTY, 0) < 0) child_fail(errno, "terminal: TIOCSCTTY: %s", strerror(errno));
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) dup2(slave, fd);
  close(slave);
  if (request->role == ROLE_MAIN) bind_console(master);
  send_master(master, report_fd);
  close(master);
}

int terminal_open_peer(int master) { return ioctl(master, ABI_TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC); }

int terminal_resize(int master, uint16_t columns, uint16_t rows) {
  struct winsize size = {.ws_col = columns, .ws_row = rows};
  return ioctl(master, TIOCSWINSZ, &size);
}
