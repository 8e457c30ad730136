#include "users.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  LINE_BYTES = 16 * 1024,   // longer lines are passed over
  READ_BYTES = 4096,
  ID_LIMIT = 0x7fffffff,    // as container engines have it: beyond, ids wrap to other users in some tools
};

struct lines {
  int fd;
  size_t total;
  size_t have, next;
  char buffer[READ_BYTES];
};

static bool lines_open(struct lines *lines, const char *path) {
  // Not to wait for a FIFO's writer, not to take a terminal.
  lines->fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  lines->total = lines->have = lines->next = 0;
  if (lines->fd < 0) return false;
  struct stat status;
  if (fstat(lines->fd, &status) == 0 && S_ISREG(status.st_mode)) return true;
  close(lines->fd);
  return false;
}

static int next_byte(struct lines *lines) {
  if (lines->next == lines->have) {
    if (lines->total >= ACCOUNT_FILE_MAX) return -1;
    ssize_t count = read(lines->fd, lines->buffer, sizeof lines->buffer);
    if (count <= 0) return -1;
    lines->total += (size_t)count;
    lines->have = (size_t)count;
    lines->next = 0;
  }
  return (unsigned char)lines->buffer[lines->next++];
}

// The next line without its end; an overlong one becomes an empty one.
static bool next_line(struct lines *lines, char line[LINE_BYTES]) {
  size_t length = 0;
  int byte = next_byte(lines);
  if (byte < 0) return false;
  bool fits = true;
  for (; byte >= 0 && byte != '\n'; byte = next_byte(lines)) {
    if (byte == 0 || length == LINE_BYTES - 1) fits = false;
    if (fits) line[length++] = (char)byte;
  }
  line[fits ? length : 0] = 0;
  return true;
}

// Splits at colons into exactly `count` parts; what remains after the last stays in it.
static bool split(char *line, char **parts, int count) {
  for (int i = 0; i < count; i++) {
    parts[i] = line;
    char *colon = strchr(line, ':');
    if (colon == NULL) return i == count - 1;
    if (i == count - 1) return true;
    *colon = 0;
    line = colon + 1;
  }
  return false;
}

static bool parse_id(const char *text, uint32_t *id) {
  if (*text == 0) return false;
  uint64_t value = 0;
  for (; *text != 0; text++) {
    if (*text < '0' || *text > '9') return false;
    value = value * 10 + (uint64_t)(*text - '0');
    if (value > ID_LIMIT) return false;
  }
  *id = (uint32_t)value;
  return true;
}

static bool is_number(const char *text) {
  return *text != 0 && text[strspn(text, "0123456789")] == 0;
}

static char line[LINE_BYTES];

// name:password:uid:gid:comment:home:shell. Finds by name, or by uid if `wanted` is a number.
static bool find_user(const char *path, const char *wanted, struct identity *identity, char name[USER_NAME_MAX]) {
  static struct lines lines;
  uint32_t wanted_id = 0;
  bool numeric = parse_id(wanted, &wanted_id);
  bool found = false;
  if (!lines_open(&lines, path)) return false;
  while (!found && next_line(&lines, line)) {
    char *parts[7];
    uint32_t uid, gid;
    if (!split(line, parts, 7) || !parse_id(parts[2], &uid) || !parse_id(parts[3], &gid)) continue;
    if (strcmp(parts[0], wanted) != 0 && !(numeric && uid == wanted_id)) continue;
    identity->uid = uid;
    identity->gid = gid;
    if (parts[5][0] == '/' && strlen(parts[5]) < HOME_MAX) strcpy(identity->home, parts[5]);
    if (strlen(parts[0]) < USER_NAME_MAX) strcpy(name, parts[0]);
    found = true;
  }
  close(lines.fd);
  return found;
}

// name:password:gid:members
static bool find_group(const char *path, const char *wanted, uint32_t *found_gid) {
  static struct lines lines;
  bool found = false;
  if (!lines_open(&lines, path)) return false;
  while (!found && next_line(&lines, line)) {
    char *parts[4];
    if (!split(line, parts, 4) || strcmp(parts[0], wanted) != 0) continue;
    found = parse_id(parts[2], found_gid);
  }
  close(lines.fd);
  return found;
}

static bool lists_member(const char *members, const char *name) {
  size_t length = strlen(name);
  while (*members != 0) {
    size_t run = strcspn(members, ",");
    if (run == length && memcmp(members, name, length) == 0) return true;
    members += run;
    if (*members == ',') members++;
  }
  return false;
}

static void find_memberships(const char *path, const char *name, struct identity *identity) {
  static struct lines lines;
  if (!lines_open(&lines, path)) return;
  while (identity->group_count < GROUPS_MAX && next_line(&lines, line)) {
    char *parts[4];
    uint32_t gid;
    if (!split(line, parts, 4) || !parse_id(parts[2], &gid) || gid == identity->gid) continue;
    if (lists_member(parts[3], name)) identity->groups[identity->group_count++] = gid;
  }
  close(lines.fd);
}

const char *identity_find(
    const char *user, const char *passwd_path, const char *group_path, struct identity *identity) {
  memset(identity, 0, sizeof *identity);
  strcpy(identity->home, "/");
  char account[USER_NAME_MAX], name[USER_NAME_MAX] = "";
  if (user == NULL) user = "0:0";
  size_t length = strcspn(user, ":");
  const char *group = user[length] == ':' ? user + length + 1 : NULL;
  if (length == 0 || length >= sizeof account) return "malformed user";
  if (group != NULL && *group == 0) return "empty group";
  memcpy(account, user, length);
  account[length] = 0;

  if (is_number(account) && !parse_id(account, &identity->uid)) return "user id out of range";
  if (!find_user(passwd_path, account, identity, name) && !is_number(account)) return "no such user in /etc/passwd";
  if (group == NULL) {
    if (name[0] != 0) find_memberships(group_path, name, identity);
    return NULL;
  }
  if (is_number(group)) return parse_id(group, &identity->gid) ? NULL : "group id out of range";
  return find_group(group_path, group, &identity->gid) ? NULL : "no such group in /etc/group";
}
