// GCC 12 gave std::condition_variable::wait a new version in libstdc++. It was the one symbol newer than GCC 11's, which
// is what distributions with glibc 2.34 have; this definition does what the library's does. Hidden, as hypotf is.
#include <condition_variable>
#include <mutex>
#include <pthread.h>

static_assert(sizeof(std::condition_variable) == sizeof(pthread_cond_t), "a condition variable is the system's");

// Waits on the condition, with the lock given up meanwhile; the name is the member function's own.
extern "C" __attribute__((visibility("hidden"))) void _ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE(
    pthread_cond_t *condition, std::unique_lock<std::mutex> *lock) {
  pthread_cond_wait(condition, lock->mutex()->native_handle());
}
