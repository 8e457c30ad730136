#define _GNU_SOURCE
#include "errand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "linux_abi.h"

__attribute__((noreturn)) static void run(int (*work)(void), int report_fd) {
  dup2(report_fd, 3);
  sys_close_range(4, ~0u);
  int error = work();
  if (write(3, &error, sizeof error) != sizeof error) _exit(1);
  _exit(0);
}

bool errand_start(struct errand *errand, int (*work)(void)) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  struct clone3_args args = {.exit_signal = SIGCHLD};
  long pid = sys_clone3(&args);
  if (pid == 0) run(work, ends[1]);
  int error = errno;
  close(ends[1]);
  if (pid < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
    close(ends[0]);
    errno = error;
    return false;
  }
  errand->source.fd = ends[0];
  return true;
}

bool errand_ended(int epoll, struct errand *errand, int *error) {
  watch(epoll, &errand->source, EPOLLIN);
  ssize_t count = read(errand->source.fd, error, sizeof *error);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (count != sizeof *error) *error = EIO;
  source_close(epoll, &errand->source);
  return true;
}
