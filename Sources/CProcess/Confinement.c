#define _GNU_SOURCE
#include "Confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

// seccomp

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE
/* What is refused with EPERM: looking into other processes, other views of the system, the kernel's own affairs, and
   io_uring, whose calls no filter sees. */
static const int refused[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_kexec_load, SYS_kexec_file_load,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_reboot, SYS_swapon, SYS_swapoff,
    SYS_settimeofday, SYS_clock_settime, SYS_acct, SYS_quotactl, SYS_syslog,
};
enum { refusals = sizeof refused / sizeof refused[0] };

#define FIELD(name) (unsigned)offsetof(struct seccomp_data, name)
#define LOAD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(name))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, value)
#define UNLESS(number, skipped) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, skipped)

static int filter_calls(bool network) {
  struct sock_filter rules[32 + 2 * refusals];
  unsigned short count = 0;
#define ADD(rule) rules[count++] = (struct sock_filter)rule
  ADD(LOAD(arch));
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0));
  ADD(ANSWER(SECCOMP_RET_KILL_PROCESS));
  ADD(LOAD(nr));
#ifdef __x86_64__
  // The same calls by their 32-bit numbers.
  ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  ADD(ANSWER(SECCOMP_RET_ERRNO | EPERM));
#endif
  for (int place = 0; place < refusals; place++) {
    ADD(UNLESS((unsigned)refused[place], 1));
    ADD(ANSWER(SECCOMP_RET_ERRNO | EPERM));
  }
  // Its flags lie in memory, where no filter looks; the C library then takes clone.
  ADD(UNLESS(SYS_clone3, 1));
  ADD(ANSWER(SECCOMP_RET_ERRNO | ENOSYS));
  ADD(UNLESS(SYS_clone, 3));
  ADD(LOAD(args[0]));
  ADD(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID, 0, 1));
  ADD(ANSWER(SECCOMP_RET_ERRNO | EPERM));
  ADD(LOAD(nr));
  ADD(UNLESS(SYS_socket, 1));
  ADD(ANSWER(network ? SECCOMP_RET_ALLOW : (SECCOMP_RET_ERRNO | EACCES)));
  ADD(ANSWER(SECCOMP_RET_ALLOW));
#undef ADD
  struct sock_fprog program = {count, rules};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) ? errno : 0;
}

bool process_filters(void) {
  // A filter that is none: EFAULT where filters are known.
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) && errno == EFAULT;
}
#else
static int filter_calls(bool network) { (void)network; return ENOSYS; }
bool process_filters(void) { return false; }
#endif

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
  *step = "confining it to its files (Landlock)";
  if (to->landlock && (failed = confine_files(to))) return failed;
  *step = "filtering its system calls (seccomp)";
  return to->filtered ? filter_calls(to->network) : 0;
}
