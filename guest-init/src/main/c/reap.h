#pragma once

// Takes note of all children that have ended.
void reap(void);
