#pragma once

// Loads the modules that /modules/order names, one file of that directory per line, in that order.
void modules_load(void);
