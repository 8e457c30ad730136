#include "fields.h"

#include <string.h>

#include "bytes.h"

enum { FIELD_HEADER_BYTES = 8, RULES_MAX = 32 };

static bool take(const struct rule *rule, uint8_t *at, uint32_t length, void *message, collector *collect) {
  switch (rule->kind) {
    case KIND_U32:
      if (length != 4 || get_u32(at) < rule->min || get_u32(at) > rule->max) return false;
      break;
    case KIND_U64:
      if (length != 8) return false;
      break;
    case KIND_STRING:
      if (memchr(at, 0, length) != NULL) return false;
      // fall through
    case KIND_BYTES:
      if (length < rule->min || length > rule->max) return false;
  }
  if (rule->many) return collect(message, rule->tag, (char *)at, length);
  void *member = (char *)message + rule->offset;
  switch (rule->kind) {
    case KIND_U32:
      *(uint32_t *)member = get_u32(at);
      break;
    case KIND_U64:
      *(uint64_t *)member = get_u64(at);
      break;
    case KIND_STRING:
      *(char **)member = (char *)at;
      break;
    case KIND_BYTES:
      *(struct bytes *)member = (struct bytes){at, length};
  }
  return true;
}

// A value's NUL overwrites the first byte of the next field's header, so this comes when all have been read.
static void terminate(uint8_t *payload, uint32_t length) {
  uint8_t *at = payload;
  uint8_t *end = payload + length;
  uint8_t *behind = NULL;
  while (at < end) {
    uint32_t size = get_u32(at + 4);
    if (behind != NULL) *behind = 0;
    at += FIELD_HEADER_BYTES + size;
    behind = at;
  }
  if (behind != NULL) *behind = 0;
}

bool fields_parse(
    uint8_t *payload, uint32_t length, const struct rule *rules, size_t count, void *message, collector *collect) {
  bool seen[RULES_MAX] = {false};
  if (count > RULES_MAX) return false;
  uint32_t at = 0;
  while (at < length) {
    if (length - at < FIELD_HEADER_BYTES) return false;
    uint16_t tag = get_u16(payload + at);
    uint16_t zero = get_u16(payload + at + 2);
    uint32_t size = get_u32(payload + at + 4);
    at += FIELD_HEADER_BYTES;
    if (zero != 0 || size > length - at) return false;
    for (size_t i = 0; i < count; i++) {
      if (rules[i].tag != tag) continue;
      if (seen[i] && !rules[i].many) return false;
      seen[i] = true;
      if (!take(&rules[i], payload + at, size, message, collect)) return false;
      break;
    }
    at += size;
  }
  for (size_t i = 0; i < count; i++) {
    if (rules[i].required && !seen[i]) return false;
  }
  terminate(payload, length);
  return true;
}

void answer_clear(struct answer *answer) {
  answer->length = 0;
  answer->overflow = false;
}

uint8_t *answer_field(struct answer *answer, uint16_t tag, uint32_t length) {
  uint32_t room = FRAME_PAYLOAD_MAX - answer->length;
  if (room < FIELD_HEADER_BYTES || room - FIELD_HEADER_BYTES < length) {
    answer->overflow = true;
    return NULL;
  }
  uint8_t *at = answer->bytes + answer->length;
  put_u16(at, tag);
  put_u16(at + 2, 0);
  put_u32(at + 4, length);
  answer->length += FIELD_HEADER_BYTES + length;
  return at + FIELD_HEADER_BYTES;
}

void answer_bytes(struct answer *answer, uint16_t tag, const void *bytes, uint32_t length) {
  uint8_t *at = answer_field(answer, tag, length);
  if (at != NULL && length > 0) memcpy(at, bytes, length);
}

void answer_string(struct answer *answer, uint16_t tag, const char *string) {
  answer_bytes(answer, tag, string, (uint32_t)strlen(string));
}

void answer_u32(struct answer *answer, uint16_t tag, uint32_t value) {
  uint8_t *at = answer_field(answer, tag, 4);
  if (at != NULL) put_u32(at, value);
}

void answer_u64(struct answer *answer, uint16_t tag, uint64_t value) {
  uint8_t *at = answer_field(answer, tag, 8);
  if (at != NULL) put_u64(at, value);
}
