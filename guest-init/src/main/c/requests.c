#include "requests.h"

#include <string.h>

#include "bytes.h"

#define COUNT(rules) (sizeof(rules) / sizeof(rules)[0])
#define ONCE(type, tag, kind, min, max, member) {tag, kind, true, false, min, max, offsetof(struct type, member)}
#define MAYBE(type, tag, kind, min, max, member) {tag, kind, false, false, min, max, offsetof(struct type, member)}
#define MANY(tag, kind, min, max) {tag, kind, false, true, min, max, 0}

// OCI runtimes' default: CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE,
// NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP.
static const uint64_t DEFAULT_CAPABILITIES = 0xa80425fb;


bool hello_parse(const struct frame *frame, struct hello_request *request) {
  static const struct rule rules[] = {
      ONCE(hello_request, TAG_VERSION, KIND_U32, 1, 1, version),
      ONCE(hello_request, TAG_NONCE, KIND_BYTES, NONCE_BYTES, NONCE_BYTES, nonce),
      ONCE(hello_request, TAG_LEASE, KIND_U32, 0, UINT32_MAX, lease_ms),
  };
  memset(request, 0, sizeof *request);
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

static bool collect_line(char *lines[LINES_MAX], uint32_t *count, char *line) {
  if (*count == LINES_MAX) return false;
  lines[(*count)++] = line;
  return true;
}

bool prepare_parse(const struct frame *frame, struct prepare_request *request) {
  static const struct rule rules[] = {
      ONCE(prepare_request, TAG_ROOT_DISK, KIND_STRING, 1, 64, root_disk),
      MAYBE(prepare_request, TAG_UPPER_DISK, KIND_STRING, 1, 64, upper_disk),
      MAYBE(prepare_request, TAG_ADDRESS, KIND_STRING, 1, 32, ethernet.address),
      MAYBE(prepare_request, TAG_GATEWAY, KIND_STRING, 1, 32, ethernet.gateway),
      MAYBE(prepare_request, TAG_MTU, KIND_U32, 576, 65535, ethernet.mtu),
      MAYBE(prepare_request, TAG_JOIN, KIND_U32, 0, 1, join),
      MAYBE(prepare_request, TAG_PROGRAM, KIND_STRING, 1, PROGRAM_MAX, program),
      MAYBE(prepare_request, TAG_PROGRAM_PATH, KIND_STRING, 1, PROGRAM_MAX, program_path),
  };
  memset(request, 0, sizeof *request);
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

static bool setup_collect(void *message, uint16_t tag, char *bytes, uint32_t length) {
  struct setup_request *request = message;
  // One line of a file each: a line break would smuggle in another one.
  if (memchr(bytes, '\n', length) != NULL) return false;
  switch (tag) {
    case TAG_NAMESERVER:
      return collect_line(request->nameservers, &request->nameserver_count, bytes);
    case TAG_SEARCH:
      return collect_line(request->searches, &request->search_count, bytes);
    default:
      return collect_line(request->hosts, &request->host_count, bytes);
  }
}

bool setup_parse(const struct frame *frame, struct setup_request *request) {
  static const struct rule rules[] = {
      ONCE(setup_request, TAG_HOSTNAME, KIND_STRING, 1, 64, hostname),
      ONCE(setup_request, TAG_TIME, KIND_U64, 0, 0, time_ns),
      ONCE(setup_request, TAG_ENTROPY, KIND_BYTES, 32, 512, entropy),
      ONCE(setup_request, TAG_ROOT_DISK, KIND_STRING, 1, 64, root_disk),
      MAYBE(setup_request, TAG_UPPER_DISK, KIND_STRING, 1, 64, upper_disk),
      MAYBE(setup_request, TAG_ADDRESS, KIND_STRING, 1, 32, ethernet.address),
      MAYBE(setup_request, TAG_GATEWAY, KIND_STRING, 1, 32, ethernet.gateway),
      MANY(TAG_NAMESERVER, KIND_STRING, 1, 64),
      MANY(TAG_SEARCH, KIND_STRING, 1, 256),
      MANY(TAG_HOST, KIND_STRING, 1, 1024),
      MAYBE(setup_request, TAG_SHM_BYTES, KIND_U64, 0, 0, shm_bytes),
      MAYBE(setup_request, TAG_CPU_QUOTA, KIND_U32, 1, UINT32_MAX, cpu_quota_millis),
      MAYBE(setup_request, TAG_MEMORY_LIMIT, KIND_U64, 0, 0, memory_limit_bytes),
      MAYBE(setup_request, TAG_MTU, KIND_U32, 576, 65535, ethernet.mtu),
      MAYBE(setup_request, TAG_MAC, KIND_BYTES, MAC_BYTES, MAC_BYTES, ethernet.mac),
  };
  memset(request, 0, sizeof *request);
  request->shm_bytes = DEFAULT_SHM_BYTES;
  if (!fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, setup_collect)) return false;
  return strpbrk(request->hostname, "\n/ \t") == NULL;
}

static bool spawn_collect(void *message, uint16_t tag, char *bytes, uint32_t length) {
  struct spawn_request *request = message;
  (void)length;
  if (tag == TAG_ARGUMENT) {
    if (request->argument_count == ARGUMENTS_MAX) return false;
    request->arguments[request->argument_count++] = bytes;
    return true;
  }
  if (tag == TAG_ENVIRONMENT) {
    if (request->environment_count == ENVIRONMENT_MAX) return false;
    request->environment[request->environment_count++] = bytes;
    return true;
  }
  const uint8_t *field = (const uint8_t *)bytes;
  if (request->limit_count == RLIMITS_MAX || get_u32(field + 4) != 0) return false;
  request->limits[request->limit_count++] =
      (struct limit){get_u32(field), get_u64(field + 8), get_u64(field + 16)};
  return true;
}

bool spawn_parse(const struct frame *frame, struct spawn_request *request) {
  static const struct rule rules[] = {
      ONCE(spawn_request, TAG_HANDLE, KIND_U32, 1, ID_MAX, handle),
      ONCE(spawn_request, TAG_ROLE, KIND_U32, ROLE_MAIN, ROLE_TOOL, role),
      {TAG_ARGUMENT, KIND_STRING, true, true, 0, FRAME_PAYLOAD_MAX, 0},
      MANY(TAG_ENVIRONMENT, KIND_STRING, 0, FRAME_PAYLOAD_MAX),
      MAYBE(spawn_request, TAG_DIRECTORY, KIND_STRING, 1, 4095, directory),
      MAYBE(spawn_request, TAG_USER, KIND_STRING, 1, 512, user),
      MAYBE(spawn_request, TAG_TERMINAL, KIND_BYTES, 8, 8, terminal_field),
      MAYBE(spawn_request, TAG_STDIN, KIND_U32, 0, 1, stdin_open),
      ONCE(spawn_request, TAG_CREDIT_OUT, KIND_U32, 0, CREDIT_MAX, credit_out),
      ONCE(spawn_request, TAG_CREDIT_ERR, KIND_U32, 0, CREDIT_MAX, credit_err),
      MAYBE(spawn_request, TAG_CAPABILITIES, KIND_U64, 0, 0, capabilities),
      MAYBE(spawn_request, TAG_NO_NEW_PRIVILEGES, KIND_U32, 0, 1, no_new_privileges),
      MANY(TAG_RLIMIT, KIND_BYTES, 24, 24),
      MAYBE(spawn_request, TAG_RETAIN, KIND_U32, 0, 1, retain),
  };
  memset(request, 0, sizeof *request);
  request->capabilities = DEFAULT_CAPABILITIES;
  if (!fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, spawn_collect)) return false;
  if (request->directory != NULL && request->directory[0] != '/') return false;
  if (request->terminal_field.at != NULL) {
    uint32_t columns = get_u32(request->terminal_field.at);
    uint32_t rows = get_u32(request->terminal_field.at + 4);
    if (columns < 1 || columns > UINT16_MAX || rows < 1 || rows > UINT16_MAX) return false;
    request->terminal = true;
    request->columns = (uint16_t)columns;
    request->rows = (uint16_t)rows;
  }
  return true;
}

bool signal_parse(const struct frame *frame, struct signal_request *request) {
  static const struct rule rules[] = {
      ONCE(signal_request, TAG_HANDLE, KIND_U32, 1, ID_MAX, handle),
      ONCE(signal_request, TAG_SIGNAL, KIND_U32, 1, SIGNAL_MAX, signal),
  };
  memset(request, 0, sizeof *request);
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

bool resize_parse(const struct frame *frame, struct resize_request *request) {
  static const struct rule rules[] = {
      ONCE(resize_request, TAG_HANDLE, KIND_U32, 1, ID_MAX, handle),
      ONCE(resize_request, TAG_COLUMNS, KIND_U32, 1, UINT16_MAX, columns),
      ONCE(resize_request, TAG_ROWS, KIND_U32, 1, UINT16_MAX, rows),
  };
  memset(request, 0, sizeof *request);
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

bool attach_parse(const struct frame *frame, struct attach_request *request) {
  static const struct rule rules[] = {
      ONCE(attach_request, TAG_HANDLE, KIND_U32, 1, ID_MAX, handle),
      ONCE(attach_request, TAG_CREDIT_OUT, KIND_U32, 0, CREDIT_MAX, credit_out),
      ONCE(attach_request, TAG_CREDIT_ERR, KIND_U32, 0, CREDIT_MAX, credit_err),
      MAYBE(attach_request, TAG_OFFSET_OUT, KIND_U64, 0, 0, offset_out),
      MAYBE(attach_request, TAG_OFFSET_ERR, KIND_U64, 0, 0, offset_err),
  };
  memset(request, 0, sizeof *request);
  request->offset_out = request->offset_err = OFFSET_NONE;
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

bool limits_parse(const struct frame *frame, struct limits_request *request) {
  static const struct rule rules[] = {
      MAYBE(limits_request, TAG_CPU_QUOTA, KIND_U32, 0, UINT32_MAX - 1, cpu_quota_millis),
      MAYBE(limits_request, TAG_MEMORY_LIMIT, KIND_U64, 0, 0, memory_limit_bytes),
  };
  *request = (struct limits_request){CPU_QUOTA_SAME, MEMORY_LIMIT_SAME};
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

bool freeze_parse(const struct frame *frame, struct freeze_request *request) {
  static const struct rule rules[] = {
      ONCE(freeze_request, TAG_FROZEN, KIND_U32, 0, 1, frozen),
  };
  memset(request, 0, sizeof *request);
  return fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL);
}

bool mount_parse(const struct frame *frame, struct mount_request *request) {
  static const struct rule rules[] = {
      ONCE(mount_request, TAG_TARGET, KIND_STRING, 2, TARGET_MAX, target),
      MAYBE(mount_request, TAG_DISK, KIND_STRING, 1, 64, disk),
      MAYBE(mount_request, TAG_READ_ONLY, KIND_U32, READ_WRITE, READ_ONLY_DISK, read_only),
      MAYBE(mount_request, TAG_COPY, KIND_U32, 0, 1, copy),
      MAYBE(mount_request, TAG_FLAGS, KIND_U32, 0, MOUNT_FLAGS, flags),
      MAYBE(mount_request, TAG_OPTIONS, KIND_STRING, 1, 256, options),
  };
  memset(request, 0, sizeof *request);
  if (!fields_parse(frame->payload, frame->length, rules, COUNT(rules), request, NULL)) return false;
  return request->target[0] == '/' && (request->flags & ~(uint32_t)MOUNT_FLAGS) == 0;
}
