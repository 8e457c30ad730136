#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "linux_abi.h"
#include "log.h"

static void load(int directory, const char *name) {
  int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    log_line("module %s: %s", name, strerror(errno));
    return;
  }
  if (sys_finit_module(fd, "") < 0 && errno != EEXIST) log_line("module %s: %s", name, strerror(errno));
  close(fd);
}

void modules_load(void) {
  int directory = open("/modules", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;  // A kernel with everything built in has none.
  int fd = openat(directory, "order", O_RDONLY | O_CLOEXEC);
  FILE *order = fd < 0 ? NULL : fdopen(fd, "r");
  if (order != NULL) {
    char line[256];
    while (fgets(line, sizeof line, order) != NULL) {
      line[strcspn(line, "\r\n")] = 0;
      if (line[0] != 0) load(directory, line);
    }
    fclose(order);
  }
  close(directory);
}
