// Small files of the kernel's, read and written whole.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Reads at most size - 1 bytes and ends them with NUL. Returns the count or -1.
long file_read_at(int directory, const char *path, char *into, size_t size);
long file_read(const char *path, char *into, size_t size);

// Writes to a file that exists. False with errno if it failed.
bool file_write_at(int directory, const char *path, const char *text);
bool file_write(const char *path, const char *text);

// The number behind a key at the start of a line ("key 123"), if it is there.
bool text_number(const char *text, const char *key, uint64_t *value);
