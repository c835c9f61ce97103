#define _GNU_SOURCE
#include "SystemCalls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

// Calls that are newer than the headers of the oldest system that is built on; their numbers are those of every machine.
enum {
  call_pidfd_send_signal = 424, call_open_tree = 428, call_move_mount = 429, call_fsopen = 430, call_fsconfig = 431,
  call_fsmount = 432, call_fspick = 433, call_pidfd_getfd = 438, call_process_madvise = 440, call_mount_setattr = 442,
  call_memfd_secret = 447, call_process_mrelease = 448, call_fchmodat2 = 452, call_setxattrat = 463,
  call_removexattrat = 466
};

/* What is refused with EPERM: looking into other processes, other views of the system, the kernel's own affairs, memory
   that lasts longer than who made it, and io_uring, whose calls no filter sees. */
static const int refused[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, call_pidfd_getfd, call_pidfd_send_signal,
    call_process_madvise, call_process_mrelease, SYS_migrate_pages, SYS_move_pages,
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns,
    call_open_tree, call_move_mount, call_fsopen, call_fsconfig, call_fsmount, call_fspick, call_mount_setattr,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_fanotify_init,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_kexec_load, SYS_kexec_file_load,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_vhangup,
    SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname,
    SYS_acct, SYS_quotactl, SYS_syslog, SYS_shmget, SYS_semget, SYS_msgget, SYS_mq_open, call_memfd_secret,
};

/* What is refused as a kernel does that does not know it, so that programs take another way: memory that stands in no
   account, and a clone whose flags lie where no filter looks. */
static const int unknown[] = {SYS_memfd_create, SYS_clone3};

/* What is answered as if it were done. Landlock holds nobody back from it, on no file; programs do it to files of their
   own as a matter of course, and mean nothing by it that outlives them. */
static const int ignored[] = {
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    SYS_fchmod, SYS_fchmodat, call_fchmodat2, SYS_fchown, SYS_fchownat, SYS_utimensat,
};

/* What is refused as a file system does that has no such attributes. */
static const int without_attributes[] = {
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
    call_setxattrat, call_removexattrat,
};

/* What sends signals to the process or group of its first argument. */
static const int signalling[] = {SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo};

/* What makes a program's typing another's, and a file one that nobody can remove. */
static const unsigned requests[] = {TIOCSTI, 0x541c /* TIOCLINUX */, 0x40086602 /* FS_IOC_SETFLAGS */,
                                    0x401c5820 /* FS_IOC_FSSETXATTR */};

/* Which sockets a program may open that may use the network; one of the machine's own would lead to its services. */
static const unsigned families[] = {AF_INET, AF_INET6, AF_NETLINK};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define REFUSE(number) (SECCOMP_RET_ERRNO | (number))

/* The rules so far. */
struct rules {
  struct sock_filter all[512];
  unsigned short count;
};

static void add(struct rules *to, unsigned short code, unsigned value, unsigned char met, unsigned char unmet) {
  to->all[to->count++] = (struct sock_filter){code, met, unmet, value};
}
static void load(struct rules *to, size_t place) { add(to, BPF_LD | BPF_W | BPF_ABS, (unsigned)place, 0, 0); }
static void answer(struct rules *to, unsigned value) { add(to, BPF_RET | BPF_K, value, 0, 0); }

/* Skips rules unless the value is equal. */
static void unless(struct rules *to, unsigned value, size_t skipped) {
  add(to, BPF_JMP | BPF_JEQ | BPF_K, value, 0, (unsigned char)skipped);
}

/* Answers each of the calls the same. */
static void all(struct rules *to, const int *calls, size_t count, unsigned value) {
  for (size_t place = 0; place < count; place++) {
    unless(to, (unsigned)calls[place], 1);
    answer(to, value);
  }
}

/* Answers one call by whether an argument is in a list. */
static void by(
    struct rules *to, int call, int argument, const unsigned *values, size_t count, unsigned in, unsigned out) {
  unless(to, (unsigned)call, count + 3);
  load(to, offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
  for (size_t place = 0; place < count; place++)
    add(to, BPF_JMP | BPF_JEQ | BPF_K, values[place], (unsigned char)(count - place), 0);
  answer(to, out);
  answer(to, in);
}

/* Lets no process be started in a view of the system of its own. */
static void add_clone(struct rules *to) {
  const unsigned views = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS |
                         CLONE_NEWCGROUP;
  unless(to, SYS_clone, 4);
  load(to, offsetof(struct seccomp_data, args));
  add(to, BPF_JMP | BPF_JSET | BPF_K, views, 0, 1);
  answer(to, REFUSE(EPERM));
  answer(to, SECCOMP_RET_ALLOW);
}

/* Lets no signal reach the guard or who started it, even where Landlock does not look. */
static void add_signals(struct rules *to, const struct process_confinement *confinement) {
  unsigned others[5] = {(unsigned)-1};
  size_t count = 1;
  const pid_t watched[] = {confinement->guard, confinement->owner};
  for (size_t place = 0; place < COUNT(watched); place++) {
    if (watched[place] <= 0) continue;
    pid_t group = getpgid(watched[place]);
    others[count++] = (unsigned)watched[place];
    if (group > 0) others[count++] = (unsigned)-group;
  }
  for (size_t place = 0; place < COUNT(signalling); place++)
    by(to, signalling[place], 0, others, count, REFUSE(EPERM), SECCOMP_RET_ALLOW);
}

int process_filter_calls(const struct process_confinement *confinement) {
  static struct rules rules;
  rules.count = 0;
  load(&rules, offsetof(struct seccomp_data, arch));
  unless(&rules, MACHINE, 1);
  add(&rules, BPF_JMP | BPF_JA, 1, 0, 0);
  answer(&rules, SECCOMP_RET_KILL_PROCESS);
  load(&rules, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
  // The same calls by their 32-bit numbers.
  add(&rules, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  answer(&rules, REFUSE(EPERM));
#endif
  all(&rules, refused, COUNT(refused), REFUSE(EPERM));
  all(&rules, unknown, COUNT(unknown), REFUSE(ENOSYS));
  all(&rules, ignored, COUNT(ignored), REFUSE(0));
  all(&rules, without_attributes, COUNT(without_attributes), REFUSE(ENOTSUP));
  const int truncating = SYS_truncate;
  if (confinement->landlock < 3) all(&rules, &truncating, 1, REFUSE(EPERM));
  add_clone(&rules);
  add_signals(&rules, confinement);
  const unsigned itself = 0;
  by(&rules, SYS_prlimit64, 0, &itself, 1, SECCOMP_RET_ALLOW, REFUSE(EPERM));
  by(&rules, SYS_ioctl, 1, requests, COUNT(requests), REFUSE(EPERM), SECCOMP_RET_ALLOW);
  by(&rules, SYS_socket, 0, families, confinement->network ? COUNT(families) : 0, SECCOMP_RET_ALLOW, REFUSE(EACCES));
  answer(&rules, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {rules.count, rules.all};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) ? errno : 0;
}

bool process_filters(void) {
  // A filter that is none: EFAULT where filters are known.
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) && errno == EFAULT;
}
#else
int process_filter_calls(const struct process_confinement *confinement) { (void)confinement; return ENOSYS; }
bool process_filters(void) { return false; }
#endif
