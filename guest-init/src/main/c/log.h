// Lines on the machine's console, for the host's error reports.
#pragma once

// Once the console's device is there, which until the root is switched lies elsewhere.
void log_open(const char *console);

__attribute__((format(printf, 1, 2))) void log_line(const char *format, ...);

// For the handlers of fatal signals: uses nothing but write(2).
void log_raw(const char *line);
