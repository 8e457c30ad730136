#pragma once

#include "requests.h"
#include "spawn.h"

// Loopback and what is the same for every container. False with the failure.
bool network_prepare(struct failure *failure);

// At SETUP: eth0 with its address, route and MTU if the request has an address.
bool network_start(const struct setup_request *request, struct failure *failure);

// Bytes received and sent by eth0; false if there is none.
bool network_bytes(uint64_t *received, uint64_t *sent);
