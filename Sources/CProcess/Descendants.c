#define _GNU_SOURCE
#include "Descendants.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { most = 1 << 16 };
static pid_t found[most];
static size_t total;

/* Adds the children of one thread; gives 0 where the kernel does not list them. */
static int add_children_of(const char *process, const char *thread) {
  char path[96];
  snprintf(path, sizeof path, "/proc/%s/task/%s/children", process, thread);
  FILE *list = fopen(path, "re");
  if (!list) return 0;
  int child;
  while (total < most && fscanf(list, "%d", &child) == 1) found[total++] = child;
  fclose(list);
  return 1;
}

/* Adds the children of every thread of a process. */
static int add_children(pid_t process) {
  char name[16], path[32];
  snprintf(name, sizeof name, "%d", process);
  snprintf(path, sizeof path, "/proc/%s/task", name);
  DIR *threads = opendir(path);
  if (!threads) return 0;
  int is_listed = 0;
  for (struct dirent *thread; (thread = readdir(threads));)
    if (thread->d_name[0] != '.') is_listed |= add_children_of(name, thread->d_name);
  closedir(threads);
  return is_listed;
}

/* Whether a process is among those found, or is this one. */
static int is_known(pid_t process) {
  for (size_t place = 0; place < total; place++)
    if (found[place] == process) return 1;
  return process == getpid();
}

/* Adds each process whose parent is known, until there is none; for kernels that list no children. */
static void search(void) {
  for (size_t before = most; before != total;) {
    before = total;
    DIR *all = opendir("/proc");
    if (!all) return;
    for (struct dirent *entry; (entry = readdir(all));) {
      char path[300];
      int process = atoi(entry->d_name), parent;
      if (process <= 0) continue;
      snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
      FILE *file = fopen(path, "re");
      if (!file) continue;
      // The name in brackets may hold any character, brackets too, and is the only one that ends with ") X ".
      char line[512] = "";
      size_t length = fread(line, 1, sizeof line - 1, file);
      fclose(file);
      while (length > 0 && line[length] != ')') length--;
      if (sscanf(line + length, ") %*c %d", &parent) != 1) continue;
      if (total < most && is_known(parent) && !is_known(process)) found[total++] = process;
    }
    closedir(all);
  }
}

const pid_t *descendants(size_t *count) {
  total = 0;
  if (add_children(getpid())) {
    for (size_t place = 0; place < total; place++) add_children(found[place]);
  } else {
    search();
  }
  *count = total;
  return found;
}

/* The sum of lines of a process's file that begin with one of two words, in bytes; -1 where it cannot be read. */
static int64_t sum_of(pid_t process, const char *name, const char *first, const char *second) {
  char path[64], line[256];
  int64_t kilobytes = 0;
  snprintf(path, sizeof path, "/proc/%d/%s", process, name);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  while (fgets(line, sizeof line, file)) {
    int is_one = !strncmp(line, first, strlen(first)) || !strncmp(line, second, strlen(second));
    if (is_one) kilobytes += strtoll(strchr(line, ':') + 1, NULL, 10);
  }
  fclose(file);
  return kilobytes * 1024;
}

uint64_t memory_of(const pid_t *processes, size_t count) {
  int64_t bytes = 0;
  for (size_t place = 0; place < count; place++) {
    int64_t own = sum_of(processes[place], "status", "RssAnon:", "RssShmem:");
    if (own > 0) bytes += own;
  }
  return (uint64_t)bytes;
}

uint64_t exact_memory_of(const pid_t *processes, size_t count) {
  int64_t bytes = 0;
  for (size_t place = 0; place < count; place++) {
    int64_t own = sum_of(processes[place], "smaps_rollup", "Pss_Anon:", "Pss_Shmem:");
    // One that hides what it has is taken to share none of it.
    if (own <= 0) own = sum_of(processes[place], "status", "RssAnon:", "RssShmem:");
    if (own > 0) bytes += own;
  }
  return (uint64_t)bytes;
}
