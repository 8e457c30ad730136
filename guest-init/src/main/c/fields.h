// Payloads of fields: PROTOCOL.md, section 3.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

enum tag {
  TAG_VERSION = 1,
  TAG_NONCE = 2,
  TAG_LEASE = 3,
  TAG_ARCH = 4,
  TAG_RELEASE = 5,
  TAG_CLOCK = 6,
  TAG_STAMP = 7,
  TAG_PROCESS = 8,
  TAG_ERRNO = 9,
  TAG_TEXT = 10,
  TAG_PID = 11,
  TAG_HANDLE = 12,
  TAG_SIGNAL = 13,
  TAG_COLUMNS = 14,
  TAG_ROWS = 15,
  TAG_EXIT_CODE = 16,
  TAG_CREDIT_IN = 17,
  TAG_CREDIT_OUT = 18,
  TAG_CREDIT_ERR = 19,
  TAG_OFFSET_OUT = 20,
  TAG_OFFSET_ERR = 21,
  TAG_FROZEN = 22,
  TAG_HOSTNAME = 32,
  TAG_TIME = 33,
  TAG_ENTROPY = 34,
  TAG_ROOT_DISK = 35,
  TAG_UPPER_DISK = 36,
  TAG_ADDRESS = 37,
  TAG_GATEWAY = 38,
  TAG_NAMESERVER = 39,
  TAG_SEARCH = 40,
  TAG_HOST = 41,
  TAG_SHM_BYTES = 42,
  TAG_CPU_QUOTA = 43,
  TAG_MEMORY_LIMIT = 44,
  TAG_MTU = 45,
  TAG_MAC = 46,
  TAG_JOIN = 47,
  TAG_PROGRAM = 48,
  TAG_PROGRAM_PATH = 49,
  TAG_TARGET = 56,
  TAG_DISK = 57,
  TAG_READ_ONLY = 58,
  TAG_COPY = 59,
  TAG_FLAGS = 60,
  TAG_OPTIONS = 61,
  TAG_ROLE = 64,
  TAG_ARGUMENT = 65,
  TAG_ENVIRONMENT = 66,
  TAG_DIRECTORY = 67,
  TAG_USER = 68,
  TAG_TERMINAL = 69,
  TAG_STDIN = 70,
  TAG_CAPABILITIES = 71,
  TAG_NO_NEW_PRIVILEGES = 72,
  TAG_RLIMIT = 73,
  TAG_RETAIN = 74,
  TAG_CPU_USER_MICROS = 96,
  TAG_CPU_SYSTEM_MICROS = 97,
  TAG_MEMORY_CURRENT = 98,
  TAG_MEMORY_MAX = 99,
  TAG_PIDS = 100,
  TAG_NET_RX_BYTES = 101,
  TAG_NET_TX_BYTES = 102,
  TAG_BLOCK_READ_BYTES = 103,
  TAG_BLOCK_WRITE_BYTES = 104,
  TAG_MEMORY_CACHE = 105,
  TAG_OOM_KILLS = 106,
  TAG_PROCESS_INFO = 112,
};

enum kind {
  KIND_U32,     // into a uint32_t; min and max bound the value
  KIND_U64,     // into a uint64_t
  KIND_STRING,  // into a char *; min and max bound the length; no NUL inside, one behind it after fields_parse
  KIND_BYTES,   // into a struct bytes; min and max bound the length
};

struct bytes {
  const uint8_t *at;
  uint32_t length;
};

struct rule {
  uint16_t tag;
  uint8_t kind;
  bool required;
  bool many;  // goes to the collector instead of a member
  uint32_t min, max;
  size_t offset;  // of the member that takes the value
};

// Takes one value of a rule marked `many`; false breaks the message.
typedef bool collector(void *message, uint16_t tag, char *bytes, uint32_t length);

// Reads a payload by its rules into a zeroed message. Optional members that are absent keep their value.
// The payload's byte behind the last one must be writable: every value gets a NUL behind it.
bool fields_parse(
    uint8_t *payload, uint32_t length, const struct rule *rules, size_t count, void *message, collector *collect);

// A payload being written. What does not fit sets `overflow` and is left out.
struct answer {
  uint32_t length;
  bool overflow;
  uint8_t bytes[FRAME_PAYLOAD_MAX];
};

void answer_clear(struct answer *answer);
// Room for a field of so many bytes, or null.
uint8_t *answer_field(struct answer *answer, uint16_t tag, uint32_t length);
void answer_bytes(struct answer *answer, uint16_t tag, const void *bytes, uint32_t length);
void answer_string(struct answer *answer, uint16_t tag, const char *string);
void answer_u32(struct answer *answer, uint16_t tag, uint32_t value);
void answer_u64(struct answer *answer, uint16_t tag, uint64_t value);
