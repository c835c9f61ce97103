/// What a manifest asks of every plugin: the keys under `plugins` and `trust`.
package struct PluginPolicy: Sendable, Hashable {
  /// Whether a plugin that `plugins.lock` does not pin is refused.
  package var isLocked = false
  /// Whether a plugin is refused where the kernel cannot keep it from other files and from the network.
  package var needsSandbox = false
  /// Whether runtimes may unpickle, which lets a model's file run any code.
  package var trustsPython = false

  /// Nothing asked.
  package init() {}

  /// What may stand under `plugins`.
  package static let parameters = [
    Parameter(
      "locked", "Whether a plugin is refused that plugins.lock does not pin.", .boolean,
      standard: "false"),
    Parameter(
      "sandbox",
      "Whether a plugin is refused where the kernel cannot keep it from other files and from the network.",
      .choice(["available", "required"]), standard: "available"),
  ]

  /// What may stand under `trust`.
  package static let trust = Parameter(
    "trust", "What models may do that runs code of theirs: python lets runtimes unpickle.",
    .list(.choice(["python"])))

  /// Reads both keys of a manifest.
  package init(plugins: Node?, trust: Node?) {
    isLocked = plugins?["locked"]?.boolean ?? false
    needsSandbox = plugins?["sandbox"]?.text == "required"
    trustsPython = trust?.items?.contains { $0.text == "python" } ?? false
  }
}
