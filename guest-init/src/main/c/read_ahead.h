// What a program needs from the disk, read before it is started: a clone of the machine finds it in its memory.
#pragma once

enum { READ_AHEAD_BYTES = 8 << 20 };

// In the first process, in the container's root, before anything of the image has run: reads the program, its interpreter
// and the C library beside that, READ_AHEAD_BYTES at most in all. What is not there, or is no plain file of the image, is
// left out; nothing of it is executed.
//   program   as the first ARGUMENT of a SPAWN; empty: only the files that every program's start reads
//   path      where to look for it; empty: the default path
void read_ahead(const char *program, const char *path);
