import Synchronization

extension Sequence where Self: Sendable, Element: Sendable {
  /// What `body` gives for each element, in order; worked on by all cores, or by as many tasks as the crew has.
  package func concurrentMap<T: Sendable>(_ body: @escaping @Sendable (Element) async -> T) async
    -> [T]
  {
    guard let crew = Crew.current else {
      return await withTaskGroup(of: (Int, T).self) { group in
        var count = 0
        for (index, element) in enumerated() {
          group.addTask { (index, await body(element)) }
          count += 1
        }
        var results = [T?](repeating: nil, count: count)
        for await (index, result) in group { results[index] = result }
        return results.compactMap { $0 }
      }
    }
    return await mapped(Array(self), by: crew, body)
  }
}

/// The same by as many tasks as `crew` has: whoever hands out the work does it too, and is helped while others are
/// free, so that nobody waits for a place.
private func mapped<Element: Sendable, T: Sendable>(
  _ elements: [Element], by crew: Crew, _ body: @escaping @Sendable (Element) async -> T
) async -> [T] {
  let queue = Queue(count: elements.count)
  return await withTaskGroup(of: [(Int, T)].self) { group in
    for _ in elements.dropFirst() {
      guard crew.hire() else { break }
      group.addTask {
        var done: [(Int, T)] = []
        while let index = queue.next() { done.append((index, await body(elements[index]))) }
        crew.release()
        return done
      }
    }
    var results = [T?](repeating: nil, count: elements.count)
    while let index = queue.next() { results[index] = await body(elements[index]) }
    for await done in group { for (index, result) in done { results[index] = result } }
    return results.compactMap { $0 }
  }
}

/// How many tasks compute at once.
package final class Crew: Sendable {
  /// Those of the run that this task is of; nil: as many as there are cores.
  @TaskLocal package static var current: Crew?
  /// How many more may be hired.
  private let free: Atomic<Int>

  /// A crew in which whoever asks for work is one.
  private init(threads: Int) { free = Atomic(threads - 1) }

  /// Runs `body` with so many tasks at once; nil: as many as there are cores.
  package static func of<T: Sendable>(_ threads: Int?, _ body: () async -> T) async -> T {
    await $current.withValue(threads.map { Crew(threads: max(1, $0)) }, operation: body)
  }

  /// Whether one more may work now.
  func hire() -> Bool {
    if free.subtract(1, ordering: .relaxed).newValue >= 0 { return true }
    release()
    return false
  }

  /// Says that one that was hired is done.
  package func release() { free.add(1, ordering: .relaxed) }
}

/// Numbers handed out once each.
private final class Queue: Sendable {
  private let count: Int
  private let first = Atomic(0)

  /// The numbers below `count`.
  package init(count: Int) { self.count = count }

  /// The next; nil when all are handed out.
  package func next() -> Int? {
    let index = first.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }
}
