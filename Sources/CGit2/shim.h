#include <git2.h>

/// Lets libgit2 open repositories with these `extensions.*`; Swift cannot call the variadic function.
static inline int gatewright_git_allow_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}
