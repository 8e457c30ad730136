// What the host asks for, checked: PROTOCOL.md, sections 3, 6 and 7. Strings point into the frame's payload.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "fields.h"
#include "frame.h"

enum {
  NONCE_BYTES = 16,
  MAC_BYTES = 6,
  ARGUMENTS_MAX = 1024,
  ENVIRONMENT_MAX = 4096,
  RLIMITS_MAX = 32,
  LINES_MAX = 256,
  PROGRAM_MAX = 4095,
  TARGET_MAX = 4095,
  MOUNT_FLAGS = 2 | 4 | 8,  // MS_NOSUID, MS_NODEV, MS_NOEXEC
  ROLE_MAIN = 0,
  ROLE_BESIDE = 1,
  ROLE_TOOL = 2,
  SIGNAL_MAX = 64,
  DEFAULT_SHM_BYTES = 64 << 20,
};

// The host did not say where to go on.
#define OFFSET_NONE UINT64_MAX

// The host did not say that a limit changes.
#define CPU_QUOTA_SAME UINT32_MAX
#define MEMORY_LIMIT_SAME UINT64_MAX

struct hello_request {
  uint32_t version;
  struct bytes nonce;
  uint32_t lease_ms;
};

struct ethernet {
  char *address;  // null: none
  char *gateway;
  uint32_t mtu;
  struct bytes mac;
};

struct prepare_request {
  char *root_disk;
  char *upper_disk;
  struct ethernet ethernet;
  uint32_t join;
  char *program;       // or null
  char *program_path;  // or null
};

struct setup_request {
  char *hostname;
  uint64_t time_ns;
  struct bytes entropy;
  char *root_disk;
  char *upper_disk;
  struct ethernet ethernet;
  uint64_t shm_bytes;
  uint32_t cpu_quota_millis;
  uint64_t memory_limit_bytes;
  uint32_t nameserver_count, search_count, host_count;
  char *nameservers[LINES_MAX];
  char *searches[LINES_MAX];
  char *hosts[LINES_MAX];
};

struct limit {
  uint32_t resource;
  uint64_t soft, hard;
};

struct spawn_request {
  uint32_t handle;
  uint32_t role;
  char *directory;
  char *user;
  struct bytes terminal_field;
  bool terminal;
  uint16_t columns, rows;
  uint32_t stdin_open;
  uint32_t credit_out, credit_err;
  uint64_t capabilities;
  uint32_t no_new_privileges;
  uint32_t retain;
  uint32_t argument_count, environment_count, limit_count;
  // Both lists end with a null, and the environment has room for one more.
  char *arguments[ARGUMENTS_MAX + 1];
  char *environment[ENVIRONMENT_MAX + 2];
  struct limit limits[RLIMITS_MAX];
};

struct signal_request {
  uint32_t handle;
  uint32_t signal;
};

struct resize_request {
  uint32_t handle;
  uint32_t columns, rows;
};

struct attach_request {
  uint32_t handle;
  uint32_t credit_out, credit_err;
  uint64_t offset_out, offset_err;  // or OFFSET_NONE
};

struct limits_request {
  uint32_t cpu_quota_millis;    // 0: none, or CPU_QUOTA_SAME
  uint64_t memory_limit_bytes;  // 0: none, or MEMORY_LIMIT_SAME
};

// FREEZE and FREEZE_DISK.
struct freeze_request {
  uint32_t frozen;
};

// One file system in the container.
struct mount_request {
  char *target;
  char *disk;      // serial; null: a tmpfs
  uint32_t read_only;  // enum read_only
  uint32_t copy;   // 1: what the root has at the target is copied to a volume that is empty
  uint32_t flags;  // of mount(2), some of NOSUID, NODEV, NOEXEC
  char *options;   // of the tmpfs, or null
};

enum read_only { READ_WRITE = 0, READ_ONLY_MOUNT = 1, READ_ONLY_DISK = 2 };

// Each returns false if the payload breaks the rules.
bool hello_parse(const struct frame *frame, struct hello_request *request);
bool prepare_parse(const struct frame *frame, struct prepare_request *request);
bool setup_parse(const struct frame *frame, struct setup_request *request);
bool spawn_parse(const struct frame *frame, struct spawn_request *request);
bool signal_parse(const struct frame *frame, struct signal_request *request);
bool resize_parse(const struct frame *frame, struct resize_request *request);
bool attach_parse(const struct frame *frame, struct attach_request *request);
bool limits_parse(const struct frame *frame, struct limits_request *request);
bool mount_parse(const struct frame *frame, struct mount_request *request);
bool freeze_parse(const struct frame *frame, struct freeze_request *request);
