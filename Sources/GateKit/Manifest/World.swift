/// What a manifest may name that lies outside of the domain, as those lists have it.
package struct World: Sendable {
  /// What runs models, by id.
  package let runtimes: [String]
  /// The words before the ':' of addresses: git.
  package let schemes: [String]
  /// How the address of a file is written that no path leads to: `git:<ref>:<path>`.
  package let addresses: [String]

  /// Takes what it holds.
  package init(runtimes: [String], schemes: [String] = [], addresses: [String]) {
    (self.runtimes, self.schemes) = (runtimes, schemes)
    self.addresses = addresses
  }

  /// What may stand for a file, beside what its path is called.
  func file(_ path: String) -> String {
    guard let last = addresses.last else { return path }
    return ([path] + addresses.dropLast()).joined(separator: ", ") + ", or \(last)"
  }
}
