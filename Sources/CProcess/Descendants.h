#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Every process below this one, by the parents that the system knows; valid until the next call.
const pid_t *descendants(size_t *count);
/// Bytes of memory that are the processes' own, not of files; what several share is counted for each.
uint64_t memory_of(const pid_t *processes, size_t count);
/// The same, with what several share counted once.
uint64_t exact_memory_of(const pid_t *processes, size_t count);
