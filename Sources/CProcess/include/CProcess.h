#pragma once
#include "Confinement.h"
#include <locale.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>

// What Swift cannot say itself: variadic calls, enumerations and GNU extensions of the C library.
// Each gives 0, or the error number, where it says nothing else.

/// Asks the kernel for SIGKILL when the thread that started this process ends.
int process_die_with_parent(void);
/// Nothing this process starts may gain privileges.
int process_refuse_privileges(void);

/// A letter made small or large by a locale's rules; gives the letter.
uint32_t process_letter(uint32_t letter, bool is_lower, locale_t locale);

/// Lets this process allocate no more than these bytes beside what it has: more is refused where it is asked for. No
/// limit of the machine or of a user is raised.
int process_bound(uint64_t more);

/// Lowers the limits of this process: bytes of address space, seconds of processor time, no core file, no
/// file written; a limit that is lower already stays.
int process_limit(uint64_t memory, uint64_t seconds);
/// Has a crash of this process remove the folders that were named, say so in `message` and exit with 70; where memory
/// has run out, in `full` and with 75. One that comes from outside removes them and ends the process by its signal.
int process_watch_crashes(const char *message, const char *full);
/// Names a folder that a crash removes with all that is in it, or with `remove` 0 one that it does not any more.
void process_remove_in_crash(const char *folder, int remove);
/// A pipe whose ends every child closes.
int process_pipe(int ends[2]);
/// Adds to what a child does before it starts: change to `directory` unless it is null, close all but the
/// standard streams.
int process_prepare(posix_spawn_file_actions_t *actions, const char *directory);
