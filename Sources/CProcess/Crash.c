#define _GNU_SOURCE
#include "CProcess.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// What is done after a crash may call nothing that allocates or locks: any lock may be held for good.

enum { MOST = 16, LONGEST = 4096 };
static char folders[MOST][LONGEST];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *crashed;
static const char *exhausted;
static char stack[1 << 17];

void process_remove_in_crash(const char *folder, int remove) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < MOST; i++) {
    if (remove ? !folders[i][0] : !strcmp(folders[i], folder)) {
      if (!remove) {
        folders[i][0] = 0;
      } else if (strlen(folder) < LONGEST) {
        strcpy(folders[i] + 1, folder + 1);
        folders[i][0] = folder[0];
      }
      break;
    }
  }
  pthread_mutex_unlock(&lock);
}

/// What the kernel says of one name of a folder.
struct entry {
  uint64_t inode;
  int64_t next;
  unsigned short length;
  unsigned char kind;
  char name[];
};

/// Removes all that is in an open folder.
static void empty(int folder, int depth) {
  char buffer[2048] __attribute__((aligned(8)));
  long count;
  while ((count = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0) {
    int removed = 0;
    for (long at = 0; at < count;) {
      struct entry *entry = (struct entry *)(buffer + at);
      at += entry->length;
      if (!strcmp(entry->name, ".") || !strcmp(entry->name, "..")) continue;
      if (!unlinkat(folder, entry->name, 0)) {
        removed = 1;
        continue;
      }
      int inner = openat(folder, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (inner < 0) continue;
      if (depth < 20) empty(inner, depth + 1);
      close(inner);
      if (!unlinkat(folder, entry->name, AT_REMOVEDIR)) removed = 1;
    }
    // Names may have moved in the list as others went; it is read again until nothing more goes.
    if (removed) lseek(folder, 0, SEEK_SET);
  }
}

/// Whether the process may not have a quarter of a gigabyte more.
static int is_exhausted(void) {
  size_t size = (size_t)1 << 28;
  void *more = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (more == MAP_FAILED) return 1;
  munmap(more, size);
  return 0;
}

static void crash(int number, siginfo_t *info, void *context) {
  static int begun;
  (void)context;
  if (__atomic_exchange_n(&begun, 1, __ATOMIC_SEQ_CST)) {
    for (;;) pause();
  }
  for (int i = 0; i < MOST; i++) {
    if (!folders[i][0]) continue;
    int folder = open(folders[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) continue;
    empty(folder, 0);
    close(folder);
    rmdir(folders[i]);
  }
  if (info->si_code <= 0 && info->si_pid != getpid()) {
    signal(number, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
  }
  int full = is_exhausted();
  const char *message = full ? exhausted : crashed;
  if (write(2, message, strlen(message)) < 0) _exit(full ? 75 : 70);
  _exit(full ? 75 : 70);
}

int process_watch_crashes(const char *message, const char *full) {
  static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS};
  crashed = strdup(message);
  exhausted = strdup(full);
  if (!crashed || !exhausted) return ENOMEM;
  stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
  if (sigaltstack(&alternative, NULL)) return errno;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (sigaction(numbers[i], &action, NULL)) return errno;
  }
  return 0;
}

/// The least memory for data (64 MiB) and of addresses (192 MiB) with which the runtime starts.
static const rlim_t least_data = 64u << 20;
static const rlim_t least_addresses = 192u << 20;

/// Ends the process before the runtime starts, which crashes or never ends where it gets no memory for its own tables.
__attribute__((constructor)) static void check_memory(void) {
  static const char message[] =
      "error: memory has run out: less than 64 MiB may be used for data, or 192 MiB in all\n"
      "  = let the program have more, as in 'ulimit -d unlimited; ulimit -v unlimited'\n";
  struct rlimit data, addresses;
  if (getrlimit(RLIMIT_DATA, &data) || getrlimit(RLIMIT_AS, &addresses)) return;
  // No limit is the largest number.
  if (data.rlim_cur >= least_data && addresses.rlim_cur >= least_addresses) return;
  ssize_t written = write(2, message, sizeof message - 1);
  (void)written;
  _exit(75);
}

/// Stands in for the C library's. Where an allocation fails libdispatch sleeps a second and tries again, for ever: where no
/// more memory is to be had, nothing else will ever give some back.
unsigned sleep(unsigned seconds) {
  static const size_t stack_of_a_thread = 16u << 20;
  void *probe = mmap(NULL, stack_of_a_thread, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) {
    if (exhausted && write(2, exhausted, strlen(exhausted)) < 0) _exit(75);
    _exit(75);
  }
  munmap(probe, stack_of_a_thread);
  struct timespec time = {.tv_sec = seconds};
  nanosleep(&time, NULL);
  return 0;
}

/// Ends the process before the runtime starts, which crashes where it cannot open a file of its own.
__attribute__((constructor)) static void check_files(void) {
  static const char message[] =
      "error: fewer than 10 files may be open, and at least 32 are wanted\n"
      "  = let the program have more, as in 'ulimit -n 1024'\n";
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= 10) return;
  ssize_t written = write(2, message, sizeof message - 1);
  (void)written;
  _exit(75);
}
