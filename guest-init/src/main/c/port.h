// The byte stream to the host: a virtio-serial port, or a vsock listener where there is none.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct port {
  int fd;        // of the stream, or -1 while nobody is connected to the listener
  int listener;  // or -1
  bool readable, writable;
  bool online;   // the host's end is open, as far as is known
};

// Finds and opens it; fatal if there is none in time.
void port_open(struct port *port, int epoll);

// After an event of the port's descriptors.
void port_on_events(struct port *port, int epoll, uint32_t events, bool from_listener);

// Bytes read; 0 if there are none now; -1 if the client went away.
ssize_t port_read(struct port *port, void *into, size_t size);

// Bytes written, 0 if it takes none now.
size_t port_write(struct port *port, const void *bytes, size_t count);
