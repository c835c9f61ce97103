#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What holds a program of somebody else's to what it was handed: Landlock for files, seccomp for system calls, limits
// of the kernel for what it uses. None of it needs a right, and all of it holds in a plain container.

/// What a program may reach and use.
struct process_confinement {
  /// Files and folders it may read and run, and those it may write too; each list ends with null.
  const char *const *readable;
  const char *const *writable;
  /// Whether it may open sockets.
  bool network;
  /// Which version of Landlock to ask for; 0: none.
  int landlock;
  /// Whether system calls are filtered.
  bool filtered;
  /// Bytes of memory of one process, bytes of a file, open files, seconds of processor time; 0: no bound.
  uint64_t memory, file_size, open_files, seconds;
  /// Processes that no signal of it may reach; 0: none.
  int32_t guard, owner;
};

/// The version of Landlock that the kernel has; 0: none that may be used here.
int process_landlock(void);
/// Keeps the variables and the memory of this process from others of its user.
int process_hide(void);
/// Whether the kernel filters system calls, on a processor whose calls are known here.
bool process_filters(void);
/// Holds this process, and all it starts, to `confinement`; it cannot be taken back. Gives 0, or the error number with
/// `step`, what was being done.
int process_confine(const struct process_confinement *confinement, const char **step);

/// How a guarded program ended.
enum process_end {
  process_exited, process_signalled, process_timed_out, process_out_of_memory, process_too_many,
  process_outlived, process_not_confined, process_not_started, process_stopped
};

/// A program to guard.
struct process_guarded {
  struct process_confinement confinement;
  /// The program with its arguments and its environment; each list ends with null.
  const char *const *arguments;
  const char *const *environment;
  /// Where it starts, and the file it reads as its standard input.
  const char *directory;
  const char *input;
  /// Seconds of wall time, bytes of memory and number of processes of all that it starts together.
  double seconds;
  uint64_t memory, processes;
};

/// What became of a guarded program.
struct process_ending {
  enum process_end kind;
  /// The exit status, the signal or the error number.
  int number;
  /// What was being done when it could not be started.
  const char *step;
  /// The most bytes of memory that were in use at once, as far as was seen.
  uint64_t peak;
};

/// Runs a program in a session of its own and waits for it; all it started is ended with it, whatever group or
/// session it went to. Its standard output goes where its standard error goes. The calling process must have no
/// other children. SIGTERM to this process ends them all.
struct process_ending process_guard(const struct process_guarded *program);
