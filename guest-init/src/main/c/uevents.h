// Waiting for devices: the kernel announces each one.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { DEVICE_WAIT_SECONDS = 10 };

// Calls `ready` until it returns true, again after each announcement. False if that did not happen in time.
bool uevents_await(bool (*ready)(void *context), void *context);
