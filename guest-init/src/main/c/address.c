#include "address.h"

#include <stddef.h>

static bool parse_number(const char **at, uint32_t max, uint32_t *value) {
  const char *start = *at;
  *value = 0;
  while (**at >= '0' && **at <= '9') {
    *value = *value * 10 + (uint32_t)(**at - '0');
    if (*value > max) return false;
    ++*at;
  }
  return *at != start;
}

static bool parse_dotted(const char **at, uint32_t *address) {
  *address = 0;
  for (int i = 0; i < 4; i++) {
    uint32_t part;
    if (i > 0 && *(*at)++ != '.') return false;
    if (!parse_number(at, 255, &part)) return false;
    *address = *address << 8 | part;
  }
  return true;
}

bool address_parse(const char *text, uint32_t *address) { return parse_dotted(&text, address) && *text == 0; }

bool network_parse(const char *text, uint32_t *address, uint32_t *mask) {
  uint32_t length;
  if (!parse_dotted(&text, address) || *text++ != '/' || !parse_number(&text, 32, &length) || *text != 0) return false;
  *mask = length == 0 ? 0 : 0xffffffffu << (32 - length);
  return true;
}
