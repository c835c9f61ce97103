#pragma once
#include "Confinement.h"

/// Refuses this process, and all it starts, the system calls that lead out of `confinement`; gives 0, or the error number.
int process_filter_calls(const struct process_confinement *confinement);
