/* PID 1 for machines under test. It loads /modules in order, says "ready" on the agent port, echoes
   every byte, and obeys these:
     Q  power off by the debug exit port      R  restart (the fallback for a clean end)
     P  panic (PID 1 exits)                   C  fill the console
     T  time: one line with the monotonic clock before and after a sleep of 300 ms
     D  disks: one line per disk, its serial, size in sectors and read-only flag */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int slurp(const char *path, char *out, int size) {
  int fd = open(path, O_RDONLY);
  int n = fd < 0 ? -1 : (int)read(fd, out, size - 1);
  if (fd >= 0) close(fd);
  out[n < 0 ? 0 : n] = 0;
  out[strcspn(out, "\n")] = 0;
  return n;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void load_modules(void) {
  FILE *order = fopen("/modules/order", "r");
  char name[128], path[160];
  while (order && fgets(name, sizeof name, order)) {
    name[strcspn(name, "\n")] = 0;
    snprintf(path, sizeof path, "/modules/%s", name);
    int fd = open(path, O_RDONLY);
    if (syscall(SYS_finit_module, fd, "", 0) != 0) printf("test-init: %s does not load\n", name);
    close(fd);
  }
}

static int open_port(void) {
  char path[300], name[64];
  for (int i = 0; i < 1000; i++) {
    DIR *ports = opendir("/sys/class/virtio-ports");
    for (struct dirent *e; ports && (e = readdir(ports));) {
      snprintf(path, sizeof path, "/sys/class/virtio-ports/%s/name", e->d_name);
      if (slurp(path, name, sizeof name) > 0 && strcmp(name, "dev.containertui.agent") == 0) {
        snprintf(path, sizeof path, "/dev/%s", e->d_name);
        int fd = open(path, O_RDWR);
        if (fd >= 0) return fd;
      }
    }
    if (ports) closedir(ports);
    usleep(5000);
  }
  return -1;
}

static void say(int port, const char *text) {
  if (write(port, text, strlen(text)) < 0) printf("test-init: cannot write\n");
}

static void tell_disks(int port) {
  char path[64], serial[64], size[64], read_only[8], line[256];
  for (char c = 'a'; c < 'e'; c++) {
    snprintf(path, sizeof path, "/sys/block/vd%c/serial", c);
    if (slurp(path, serial, sizeof serial) < 0) continue;
    snprintf(path, sizeof path, "/sys/block/vd%c/size", c);
    slurp(path, size, sizeof size);
    snprintf(path, sizeof path, "/sys/block/vd%c/ro", c);
    slurp(path, read_only, sizeof read_only);
    snprintf(line, sizeof line, "disk %s %s %s\n", serial, size, read_only);
    say(port, line);
  }
  say(port, "end\n");
}

static void tell_time(int port) {
  char line[64];
  double before = now();
  usleep(300000);
  snprintf(line, sizeof line, "slept %.3f\n", now() - before);
  say(port, line);
}

static void obey(int port, char command) {
  switch (command) {
    case 'Q':
      sync();
      if (ioperm(0xf4, 1, 1) == 0) outb(0x10, 0xf4);
      break;
    case 'R':
      sync();
      reboot(RB_AUTOBOOT);
      break;
    case 'P':
      exit(7);
    case 'C':
      for (int i = 0; i < 4000; i++) printf("line %d of a guest that talks a lot\n", i);
      tcdrain(1);
      say(port, "end\n");
      break;
    case 'T':
      tell_time(port);
      break;
    case 'D':
      tell_disks(port);
      break;
    default:
      if (write(port, &command, 1) < 0) printf("test-init: cannot echo\n");
  }
}

int main(void) {
  mount("dev", "/dev", "devtmpfs", 0, 0);
  mount("sys", "/sys", "sysfs", 0, 0);
  setvbuf(stdout, 0, _IOLBF, 0);
  load_modules();
  int port = open_port();
  printf("test-init: port %d\n", port);
  say(port, "ready\n");
  for (char c;;) {
    if (read(port, &c, 1) == 1) {
      obey(port, c);
    } else {
      usleep(5000);
    }
  }
}
