// Pseudo terminals.
#pragma once

#include <stdint.h>

#include "requests.h"

// In the child: makes a pseudo terminal of the container's own its controlling terminal and standard streams,
// and sends the other end over the socket.
void terminal_attach(const struct spawn_request *request, int report_fd);

// In init: the other end of a terminal that it has been sent, opened so that it stays alive; or -1.
int terminal_open_peer(int master);

int terminal_resize(int master, uint16_t columns, uint16_t rows);
