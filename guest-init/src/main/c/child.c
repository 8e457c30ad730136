#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "container.h"
#include "linux_abi.h"
#include "privileges.h"
#include "terminal.h"

static int report_fd = -1;

void child_fail(int error, const char *format, ...) {
  struct report report = {.kind = REPORT_ERROR, .error = (uint32_t)error};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report.text, sizeof report.text, format, arguments);
  va_end(arguments);
  send(report_fd, &report, sizeof report, MSG_NOSIGNAL);
  _exit(error == EACCES || error == ENOEXEC ? 126 : 127);
}

static void reset_signals(void) {
  for (int signal = 1; signal <= SIGNAL_MAX; signal++) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal, &action, NULL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

// Nothing of init's may be seen by the container: not the port, not the other processes' pipes.
static void close_others(int keep, int keep_too) {
  unsigned low = (unsigned)(keep < keep_too ? keep : keep_too);
  unsigned high = (unsigned)(keep < keep_too ? keep_too : keep);
  if (keep_too < 0) low = high = (unsigned)keep;
  if (low > 3) sys_close_range(3, low - 1);
  if (high > low + 1) sys_close_range(low + 1, high - 1);
  sys_close_range(high + 1, ~0u);
}

void child_take_descriptors(const struct child_ends *ends) {
  dup2(ends->in, STDIN_FILENO);
  dup2(ends->out, STDOUT_FILENO);
  dup2(ends->err, STDERR_FILENO);
  close_others(ends->exec, ends->main_pidfd);
}

void child_make_directories(const char *path) {
  char part[4096];
  for (size_t i = 1; path[i] != 0 && i < sizeof part; i++) {
    if (path[i] != '/') continue;
    memcpy(part, path, i);
    part[i] = 0;
    mkdir(part, 0755);
  }
  mkdir(path, 0755);
}

static void enter_directory(const struct spawn_request *request) {
  const char *path = request->directory != NULL ? request->directory : "/";
  if (request->role == ROLE_MAIN) child_make_directories(path);
  if (chdir(path) < 0) child_fail(EINVAL, "directory %s: %s", path, strerror(errno));
}

static const char *variable(char *const *environment, const char *name) {
  size_t length = strlen(name);
  for (; *environment != NULL; environment++) {
    if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=') return *environment + length + 1;
  }
  return NULL;
}

static void set_home(struct spawn_request *request, const char *home) {
  static char entry[HOME_MAX + 8];
  if (variable(request->environment, "HOME") != NULL) return;
  snprintf(entry, sizeof entry, "HOME=%s", home);
  request->environment[request->environment_count] = entry;
}

__attribute__((noreturn)) static void fail_exec(const char *program, int error) {
  if (error == ENOENT && access(program, F_OK) == 0) {
    child_fail(ENOENT, "%s: its interpreter does not exist", program);
  }
  if (error == EISDIR) error = EACCES;
  child_fail(error, "%s: %s", program, strerror(error));
}

static void execute(const struct spawn_request *request) {
  const char *program = request->arguments[0];
  char *const *arguments = request->arguments;
  char *const *environment = request->environment;
  if (*program == 0) child_fail(ENOENT, "the program's name is empty");
  if (strchr(program, '/') != NULL) {
    execve(program, arguments, environment);
    fail_exec(program, errno);
  }
  const char *path = variable(environment, "PATH");
  if (path == NULL) path = DEFAULT_PATH;
  int refused = 0;
  while (*path != 0) {
    size_t length = strcspn(path, ":");
    char candidate[4096];
    int size = snprintf(candidate, sizeof candidate, "%.*s/%s", length == 0 ? 1 : (int)length,
        length == 0 ? "." : path, program);
    if (size > 0 && size < (int)sizeof candidate) {
      execve(candidate, arguments, environment);
      if (errno == ENOENT && access(candidate, F_OK) == 0) fail_exec(candidate, ENOENT);
      // A directory or a file without the right to run it: another one further on may do.
      if (errno == EACCES || errno == EISDIR) refused = EACCES;
      else if (errno != ENOENT && errno != ENOTDIR) fail_exec(candidate, errno);
    }
    path += length;
    if (*path == ':') path++;
  }
  if (refused != 0) child_fail(EACCES, "%s: found in PATH, but it cannot be executed", program);
  child_fail(ENOENT, "%s: not found in PATH", program);
}

void child_begin(int exec) {
  report_fd = exec;
  reset_signals();
  setsid();
  umask(022);
}

void child_become(struct spawn_request *request, const struct child_ends *ends) {
  child_take_descriptors(ends);
  if (ends->main_pidfd >= 0) {
    container_join(ends->main_pidfd);
    close(ends->main_pidfd);
  }
  if (request->terminal) terminal_attach(request, report_fd);

  static struct identity identity;
  const char *wrong = identity_find(request->user, "/etc/passwd", "/etc/group", &identity);
  if (wrong != NULL) child_fail(EINVAL, "user %s: %s", request->user, wrong);
  set_home(request, identity.home);
  enter_directory(request);
  privileges_drop(request, &identity);
  execute(request);
  _exit(127);
}
