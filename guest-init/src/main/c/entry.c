#include "entry.h"

#include <string.h>

#include "bytes.h"

enum { MAJOR_MAX = 4095, MINOR_MAX = 1048575, NANOSECONDS = 1000000000, NO_ID = UINT32_MAX };

static bool all_zero(const uint8_t *bytes, uint32_t count) {
  while (count > 0 && *bytes == 0) {
    bytes++;
    count--;
  }
  return count == 0;
}

static bool has_target(enum entry_type type) { return type == ENTRY_SYMBOLIC_LINK || type == ENTRY_HARD_LINK; }

static bool is_device(enum entry_type type) { return type == ENTRY_CHARACTER_DEVICE || type == ENTRY_BLOCK_DEVICE; }

static bool allowed(const struct entry *entry) {
  if (entry->path_length < 1 || entry->path_length > ENTRY_PATH_MAX) return false;
  if (has_target(entry->type) ? entry->target_length < 1 || entry->target_length > ENTRY_PATH_MAX
                              : entry->target_length != 0) {
    return false;
  }
  bool plain = entry->type == ENTRY_HARD_LINK || entry->type == ENTRY_DIRECTORY_TIME;
  if (entry->attribute_count > (plain ? 0 : ENTRY_ATTRIBUTES_MAX)) return false;
  if (entry->mode > 07777 || entry->uid == (uint32_t)NO_ID || entry->gid == (uint32_t)NO_ID) return false;
  if (entry->nanoseconds >= NANOSECONDS) return false;
  if (entry->major > (is_device(entry->type) ? MAJOR_MAX : 0)) return false;
  if (entry->minor > (is_device(entry->type) ? MINOR_MAX : 0)) return false;
  return entry->type == ENTRY_FILE ? entry->size <= INT64_MAX : entry->size == 0;
}

bool entry_parse(const uint8_t header[ENTRY_HEADER_BYTES], struct entry *entry) {
  if (header[0] >= ENTRY_TYPES || header[1] != 0) return false;
  *entry = (struct entry){
      .type = header[0],
      .path_length = get_u16(header + 2),
      .target_length = get_u16(header + 4),
      .attribute_count = get_u16(header + 6),
      .mode = get_u32(header + 8),
      .uid = get_u32(header + 12),
      .gid = get_u32(header + 16),
      .nanoseconds = get_u32(header + 20),
      .seconds = (int64_t)get_u64(header + 24),
      .major = get_u32(header + 32),
      .minor = get_u32(header + 36),
      .size = get_u64(header + 40),
  };
  return entry->type == ENTRY_END ? all_zero(header, ENTRY_HEADER_BYTES) : allowed(entry);
}

bool attribute_parse(const uint8_t header[ATTRIBUTE_HEADER_BYTES], struct attribute *attribute) {
  *attribute = (struct attribute){.name_length = get_u16(header), .value_length = get_u32(header + 4)};
  return get_u16(header + 2) == 0 && attribute->name_length >= 1 && attribute->name_length <= ATTRIBUTE_NAME_MAX
      && attribute->value_length <= ATTRIBUTE_VALUE_MAX;
}

bool entry_path_allowed(const char *path, uint32_t length) {
  if (length < 1 || length > ENTRY_PATH_MAX || memchr(path, 0, length) != NULL) return false;
  uint32_t start = 0;
  for (uint32_t i = 0; i <= length; i++) {
    if (i < length && path[i] != '/') continue;
    uint32_t count = i - start;
    if (count == 0 || (count == 1 && path[start] == '.')) return false;
    if (count == 2 && path[start] == '.' && path[start + 1] == '.') return false;
    start = i + 1;
  }
  return true;
}
