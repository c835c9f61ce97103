/// What is made when it is first asked for, and once: whoever asks meanwhile waits for it.
package actor Shared {
  /// By what was asked: a value, or the task that makes it.
  private var made: [AnyHashable: any Sendable] = [:]

  /// Nothing made yet but what is given.
  package init(_ given: [Given] = []) {
    var made: [AnyHashable: any Sendable] = [:]
    for given in given { given.put(&made) }
    self.made = made
  }

  /// The answer to a question, by whoever was asked first.
  package func answer<Key: Asked>(
    _ key: Key, _ make: @escaping @Sendable () async -> Key.Answer
  ) async -> Key.Answer {
    let known = made[AnyHashable(key)]
    if let answer = known as? Key.Answer { return answer }
    if let task = known as? Task<Key.Answer, Never> { return await task.value }
    let task = Task { await make() }
    made[AnyHashable(key)] = task
    return await task.value
  }

  /// The answers to several questions, those that nobody has asked yet from one piece of work.
  package func answers<Key: Asked>(
    _ keys: [Key], _ make: @escaping @Sendable ([Key]) async -> [Key: Key.Answer]
  ) async -> [Key: Key.Answer] {
    let fresh = keys.unique.filter { made[AnyHashable($0)] == nil }
    if !fresh.isEmpty {
      let work = Task { await make(fresh) }
      for key in fresh {
        made[AnyHashable(key)] = Task<Key.Answer?, Never> { await work.value[key] }
      }
    }
    var answers: [Key: Key.Answer] = [:]
    for key in keys {
      let known = made[AnyHashable(key)]
      if let answer = known as? Key.Answer {
        answers[key] = answer
      } else if let task = known as? Task<Key.Answer?, Never> {
        answers[key] = await task.value
      } else if let task = known as? Task<Key.Answer, Never> {
        answers[key] = await task.value
      }
    }
    return answers
  }

  /// An answer that is known beforehand.
  package struct Given: Sendable {
    fileprivate let put: @Sendable (inout [AnyHashable: any Sendable]) -> Void

    /// The answer to a question.
    package init<Key: Asked>(_ key: Key, _ answer: Key.Answer) {
      put = { $0[AnyHashable(key)] = answer }
    }
  }
}

/// A question with an answer of one type.
package protocol Asked: Hashable, Sendable {
  associatedtype Answer: Sendable
}
