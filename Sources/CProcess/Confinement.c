#define _GNU_SOURCE
#include "Confinement.h"
#include "SystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock, as linux/landlock.h has it in version 7; the headers of the oldest system that is built on stop at 2.

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

struct ruleset {
  uint64_t files, net, scoped;
};
struct beneath {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

enum { of_version = 1, path_beneath = 1, newest = 7 };
enum {
  execute = 1 << 0, write_file = 1 << 1, read_file = 1 << 2, read_folder = 1 << 3,
  make_char = 1 << 6, make_block = 1 << 11, refer = 1 << 13, truncate_file = 1 << 14,
  control_device = 1 << 15
};
enum { reading = execute | read_file | read_folder };
enum { of_files = execute | write_file | read_file | truncate_file | control_device };

int process_landlock(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, of_version);
  return version > newest ? newest : version > 0 ? (int)version : 0;
}

/* All rights to files that a version knows. */
static uint64_t file_rights(int version) {
  uint64_t rights = refer - 1;
  if (version >= 2) rights |= refer;
  if (version >= 3) rights |= truncate_file;
  if (version >= 5) rights |= control_device;
  return rights;
}

/* Adds one path; one that is not there is no place to reach. */
static int allow(int rules, const char *path, uint64_t rights) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : errno;
  struct stat found;
  int failed = fstat(place, &found) ? errno : 0;
  if (!failed) {
    struct beneath rule = {S_ISDIR(found.st_mode) ? rights : rights & of_files, place};
    if (syscall(SYS_landlock_add_rule, rules, path_beneath, &rule, 0)) failed = errno;
  }
  close(place);
  return failed;
}

static int confine_files(const struct process_confinement *to) {
  uint64_t all = file_rights(to->landlock);
  struct ruleset set = {all, 0, 0};
  size_t size = sizeof set.files;
  if (to->landlock >= 4) {
    size = sizeof set.files + sizeof set.net;
    set.net = to->network ? 0 : 3;
  }
  if (to->landlock >= 6) {
    size = sizeof set;
    set.scoped = 3;
  }
  int rules = (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
  if (rules < 0) return errno;
  int failed = 0;
  for (const char *const *path = to->readable; !failed && *path; path++)
    failed = allow(rules, *path, reading);
  for (const char *const *path = to->writable; !failed && *path; path++)
    failed = allow(rules, *path, all & ~(uint64_t)(make_char | make_block));
  if (!failed && syscall(SYS_landlock_restrict_self, rules, 0)) failed = errno;
  close(rules);
  return failed;
}

/* Gives up what root may do beyond other users, but to reach files whoever owns them. */
static int drop_capabilities(void) {
  struct { uint32_t version; int process; } head = {0x20080522, 0};
  struct { uint32_t effective, permitted, inheritable; } sets[2];
  const uint32_t reach = 1 << 1 | 1 << 2; // CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
  if (syscall(SYS_capget, &head, sets)) return errno;
  for (int place = 0; place < 2; place++) {
    sets[place].permitted &= place ? 0 : reach;
    sets[place].effective = sets[place].permitted;
    sets[place].inheritable = 0;
  }
  return syscall(SYS_capset, &head, sets) ? errno : 0;
}

static int bound(__rlimit_resource_t resource, uint64_t value) {
  struct rlimit limit;
  if (!value) return 0;
  if (getrlimit(resource, &limit)) return errno;
  if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value) limit.rlim_max = value;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit) ? errno : 0;
}

int process_confine(const struct process_confinement *to, const char **step) {
  struct rlimit none = {0, 0};
  int failed = setrlimit(RLIMIT_CORE, &none) ? errno : 0;
  *step = "limiting what it may use";
  if (!failed) failed = bound(RLIMIT_DATA, to->memory);
  if (!failed) failed = bound(RLIMIT_FSIZE, to->file_size);
  if (!failed) failed = bound(RLIMIT_NOFILE, to->open_files);
  if (!failed) failed = bound(RLIMIT_CPU, to->seconds);
  if (failed) return failed;
  *step = "refusing it new privileges";
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return errno;
  if ((failed = drop_capabilities())) return failed;
  *step = "confining it to its files (Landlock)";
  if (to->landlock && (failed = confine_files(to))) return failed;
  *step = "filtering its system calls (seccomp)";
  return to->filtered ? process_filter_calls(to) : 0;
}
