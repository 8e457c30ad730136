// IPv4 addresses as text.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// `a.b.c.d`, in host byte order.
bool address_parse(const char *text, uint32_t *address);

// `a.b.c.d/len`, len 0–32.
bool network_parse(const char *text, uint32_t *address, uint32_t *mask);
