#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <wctype.h>

int process_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) ? errno : 0; }

int process_refuse_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? errno : 0; }

int process_hide(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) ? errno : 0; }

static int lower(__rlimit_resource_t resource, rlim_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit)) return errno;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < value) value = limit.rlim_max;
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < value) value = limit.rlim_cur;
  limit.rlim_cur = value;
  limit.rlim_max = value;
  return setrlimit(resource, &limit) ? errno : 0;
}

uint32_t process_letter(uint32_t letter, bool is_lower, locale_t locale) {
  return is_lower ? towlower_l(letter, locale) : towupper_l(letter, locale);
}

int process_bound(uint64_t more) {
  struct rlimit limit;
  unsigned long long data = 0;
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return errno;
  int found = fscanf(file, "%*u %*u %*u %*u %*u %llu", &data);
  fclose(file);
  if (found != 1) return EIO;
  if (getrlimit(RLIMIT_DATA, &limit)) return errno;
  rlim_t value = data * (rlim_t)sysconf(_SC_PAGESIZE) + more;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < value) value = limit.rlim_max;
  limit.rlim_cur = value;
  return setrlimit(RLIMIT_DATA, &limit) ? errno : 0;
}

/* Takes back `process_bound` of the process that started this one. */
static int unbound(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_DATA, &limit)) return errno;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_DATA, &limit) ? errno : 0;
}

int process_limit(uint64_t memory, uint64_t seconds) {
  int failed = lower(RLIMIT_CORE, 0);
  if (!failed) failed = lower(RLIMIT_FSIZE, 0);
  if (!failed) failed = lower(RLIMIT_CPU, seconds);
  if (!failed) failed = unbound();
  if (!failed) failed = lower(RLIMIT_AS, memory);
  return failed;
}

int process_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) ? errno : 0; }

int process_prepare(posix_spawn_file_actions_t *actions, const char *directory) {
  int failed = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (!failed && directory) failed = posix_spawn_file_actions_addchdir_np(actions, directory);
  return failed;
}
