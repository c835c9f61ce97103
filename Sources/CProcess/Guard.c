#define _GNU_SOURCE
#include "Confinement.h"
#include "Descendants.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Ends everything below this process: stopped first, so that nothing starts more meanwhile. */
static void end_all(void) {
  for (;;) {
    size_t count = 0, before;
    const pid_t *below;
    do {
      before = count;
      below = descendants(&count);
      for (size_t place = 0; place < count; place++) kill(below[place], SIGSTOP);
    } while (count > before);
    for (size_t place = 0; place < count; place++) kill(below[place], SIGKILL);
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
    if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD) return;
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
}

/* In the child: becomes the program; gives what failed back through the pipe. */
static void become(const struct process_guarded *program, int report, pid_t guard, pid_t owner) {
  struct { int number; const char *step; } failure = {0, "starting it"};
  sigset_t none;
  sigemptyset(&none);
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  int input = open(program->input, O_RDONLY | O_CLOEXEC);
  if (getppid() != guard) _exit(1);
  if (input < 0 || dup2(input, 0) < 0 || dup2(2, 1) < 0 || chdir(program->directory)) {
    failure.number = errno;
  } else {
    struct process_confinement confinement = program->confinement;
    confinement.guard = guard;
    confinement.owner = owner;
    failure.number = process_confine(&confinement, &failure.step);
    if (!failure.number) {
      failure.step = "starting it";
      for (int each = 1; each < 32; each++) signal(each, SIG_DFL);
      sigprocmask(SIG_SETMASK, &none, NULL);
      execvpe(program->arguments[0], (char *const *)program->arguments,
              (char *const *)program->environment);
      failure.number = errno;
    }
  }
  if (write(report, &failure, sizeof failure) < 0) _exit(1);
  _exit(1);
}

/* Starts the program; gives its id, or 0 with why in `ending`. */
static pid_t start(const struct process_guarded *program, struct process_ending *ending) {
  int report[2];
  struct { int number; const char *step; } failure;
  pid_t guard = getpid(), owner = getppid();
  if (pipe2(report, O_CLOEXEC)) {
    *ending = (struct process_ending){process_not_started, errno, "making a pipe", 0};
    return 0;
  }
  pid_t child = fork();
  if (child == 0) {
    close(report[0]);
    become(program, report[1], guard, owner);
  }
  int number = errno;
  close(report[1]);
  if (child < 0) {
    close(report[0]);
    *ending = (struct process_ending){process_not_started, number, "starting a process", 0};
    return 0;
  }
  ssize_t got;
  while ((got = read(report[0], &failure, sizeof failure)) < 0 && errno == EINTR) {}
  close(report[0]);
  if (got != sizeof failure) return child;
  waitpid(child, NULL, 0);
  bool confined = !strcmp(failure.step, "starting it");
  *ending = (struct process_ending){
      confined ? process_not_started : process_not_confined, failure.number, failure.step, 0};
  return 0;
}

/* Whether the program has ended by itself; others that ended are collected. */
static bool has_ended(pid_t child, struct process_ending *ending) {
  int status;
  pid_t ended;
  bool is_over = false;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != child) continue;
    is_over = true;
    ending->kind = WIFSIGNALED(status) ? process_signalled : process_exited;
    ending->number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  }
  return is_over;
}

/* Waits for what the program left running to end by itself, a short while. */
static bool is_left(void) {
  for (double end = now() + 0.5; now() < end;) {
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
    if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD) return false;
    nanosleep(&(struct timespec){0, 2000000}, NULL);
  }
  return true;
}

/* Whether the processes together use more than they may. */
static bool is_over_limits(const struct process_guarded *program, struct process_ending *ending) {
  size_t count;
  const pid_t *below = descendants(&count);
  uint64_t used = memory_of(below, count);
  // What several share counts once, which takes longer to find.
  if (program->memory && used > program->memory) used = exact_memory_of(below, count);
  if (used > ending->peak) ending->peak = used;
  if (program->processes && count > program->processes) {
    ending->kind = process_too_many;
    return true;
  }
  if (program->memory && used > program->memory) {
    ending->kind = process_out_of_memory;
    return true;
  }
  return false;
}

/* Asks the program to end, and waits two seconds for it. */
static void ask_to_end(pid_t child) {
  kill(-child, SIGTERM);
  for (double end = now() + 2; now() < end;) {
    if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD) return;
    nanosleep(&(struct timespec){0, 5000000}, NULL);
  }
}

/* The most memory that one process had, where it was more than this one's own, as a fork begins with. */
static uint64_t largest(long own) {
  struct rusage all;
  if (getrusage(RUSAGE_CHILDREN, &all) || all.ru_maxrss <= own) return 0;
  return (uint64_t)all.ru_maxrss * 1024;
}

struct process_ending process_guard(const struct process_guarded *program) {
  struct process_ending ending = {process_not_started, 0, NULL, 0};
  sigset_t watched;
  sigemptyset(&watched);
  sigaddset(&watched, SIGCHLD);
  sigaddset(&watched, SIGTERM);
  sigprocmask(SIG_BLOCK, &watched, NULL);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
  struct rusage own = {0};
  getrusage(RUSAGE_SELF, &own);
  double end = now() + program->seconds;
  pid_t child = start(program, &ending);
  if (!child) return ending;
  long pause = 1000000;
  for (;;) {
    struct timespec wait = {0, pause};
    int signal = sigtimedwait(&watched, NULL, &wait);
    if (pause < 32000000) pause *= 2;
    if (has_ended(child, &ending)) {
      if (is_left() && ending.kind == process_exited && ending.number == 0)
        ending.kind = process_outlived;
      break;
    }
    if (signal == SIGTERM) {
      ending.kind = process_stopped;
      break;
    }
    if (is_over_limits(program, &ending)) break;
    if (now() >= end) {
      ask_to_end(child);
      ending.kind = process_timed_out;
      break;
    }
  }
  end_all();
  uint64_t most = largest(own.ru_maxrss);
  if (most > ending.peak) ending.peak = most;
  return ending;
}
