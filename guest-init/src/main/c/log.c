#include "log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int console = STDERR_FILENO;

void log_open(const char *path) {
  // Never waits: a console that nobody reads must not stop PID 1.
  int fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0) console = fd;
}

void log_raw(const char *line) {
  if (write(console, line, strlen(line)) < 0) return;  // There is nobody to tell.
}

void log_line(const char *format, ...) {
  char line[512] = "init: ";
  size_t head = strlen(line);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line + head, sizeof line - head - 2, format, arguments);
  va_end(arguments);
  strcat(line, "\r\n");
  log_raw(line);
}
