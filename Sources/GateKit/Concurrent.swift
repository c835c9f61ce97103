extension Sequence where Self: Sendable, Element: Sendable {
  /// What `body` gives for each element, in order; worked on by all cores.
  func concurrentMap<T: Sendable>(_ body: @escaping @Sendable (Element) async -> T) async -> [T] {
    await withTaskGroup(of: (Int, T).self) { group in
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
}
