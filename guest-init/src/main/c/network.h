#pragma once

#include "requests.h"
#include "spawn.h"

// Loopback; and eth0 with its hardware address, address, route and MTU if the request has an address. May be asked again:
// what is as it should be is left alone. IPv6 stays on loopback. False with the failure.
bool network_start(const struct ethernet *request, struct failure *failure);

// Bytes received and sent by eth0; false if there is none.
bool network_bytes(uint64_t *received, uint64_t *sent);
