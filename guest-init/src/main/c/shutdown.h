#pragma once

// Kills all processes but init, waits until they are gone, syncs and unmounts. Only power_off may follow.
void shutdown_machine(void);
