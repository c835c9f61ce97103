import Glibc

/// The seconds of a processor that the calling thread spends on a piece of work, whatever else the machine does.
func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
  var time = timespec()
  func now() -> Double {
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  try work()
  return now() - start
}
