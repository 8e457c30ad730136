#include "fatal.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "log.h"

#ifdef __x86_64__
#include <sys/io.h>
enum { DEBUG_EXIT_PORT = 0xf4, DEBUG_EXIT_CLEAN = 0x10 };
#endif

void power_off(void) {
#ifdef __x86_64__
  if (ioperm(DEBUG_EXIT_PORT, 1, 1) == 0) outb(DEBUG_EXIT_CLEAN, DEBUG_EXIT_PORT);
  // Without ACPI an x86 kernel halts instead of powering off, which would leave the machine there for ever.
  if (access("/sys/firmware/acpi", F_OK) == 0) reboot(RB_POWER_OFF);
#else
  reboot(RB_POWER_OFF);
#endif
  reboot(RB_AUTOBOOT);
  for (;;) pause();
}

// As power_off, but the host must not take it for a clean end.
__attribute__((noreturn)) static void crash_off(void) {
  sync();
  reboot(RB_AUTOBOOT);
  for (;;) pause();
}

void fatal(const char *format, ...) {
  char line[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  log_line("fatal: %s", line);
  crash_off();
}

static void on_fault(int signal) {
  char line[] = "init: fatal: signal 00\r\n";
  line[20] = (char)('0' + signal / 10);
  line[21] = (char)('0' + signal % 10);
  log_raw(line);
  crash_off();
}

void fatal_on_faults(void) {
  static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP};
  struct sigaction action = {.sa_handler = on_fault};
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) sigaction(faults[i], &action, NULL);
}
