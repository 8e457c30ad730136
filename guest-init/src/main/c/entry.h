// Entries of the stream that `unpack` reads: PROTOCOL.md, section 10. Bytes in, checked values out.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
  ENTRY_HEADER_BYTES = 48,
  ENTRY_PATH_MAX = 4095,
  ENTRY_ATTRIBUTES_MAX = 64,
  ATTRIBUTE_HEADER_BYTES = 8,
  ATTRIBUTE_NAME_MAX = 255,
  ATTRIBUTE_VALUE_MAX = 65536,
};

enum entry_type {
  ENTRY_END,
  ENTRY_DIRECTORY,
  ENTRY_FILE,
  ENTRY_SYMBOLIC_LINK,
  ENTRY_HARD_LINK,
  ENTRY_CHARACTER_DEVICE,
  ENTRY_BLOCK_DEVICE,
  ENTRY_FIFO,
  ENTRY_DIRECTORY_TIME,
  ENTRY_TYPES,
};

struct entry {
  enum entry_type type;
  uint32_t path_length, target_length, attribute_count;
  uint32_t mode, uid, gid;
  uint32_t major, minor;
  int64_t seconds;
  uint32_t nanoseconds;
  uint64_t size;
};

// An extended attribute's.
struct attribute {
  uint32_t name_length, value_length;
};

// Each returns false if the bytes break the rules.
bool entry_parse(const uint8_t header[ENTRY_HEADER_BYTES], struct entry *entry);
bool attribute_parse(const uint8_t header[ATTRIBUTE_HEADER_BYTES], struct attribute *attribute);

// Whether these bytes are a path below the destination: relative, without "." and "..", no NUL.
bool entry_path_allowed(const char *path, uint32_t length);
