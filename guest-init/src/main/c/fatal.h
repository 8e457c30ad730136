// PID 1 never exits: what it cannot go on from ends the machine, with a line on the console.
#pragma once

__attribute__((noreturn, format(printf, 1, 2))) void fatal(const char *format, ...);

// From now on a fault of init's own ends the machine too, rather than panic the kernel.
void fatal_on_faults(void);

// Ends the machine at once: PROTOCOL.md, section 4.
__attribute__((noreturn)) void power_off(void);
