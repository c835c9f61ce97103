@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema
@testable import gatewright

/// The pages of docs/reference, made from the definitions.
enum Reference {
  /// What every page begins with.
  private static func head(_ title: String, _ words: String) -> String {
    "<!-- Made from the definitions; GATEWRIGHT_RECORD=1 swift test writes it anew. -->\n\n"
      + "# \(title)\n\n\(words)\n"
  }

  /// Every key of a manifest.
  static var manifest: String {
    head(
      "The manifest",
      "Every key. What is not here is refused; editors complete it by "
        + "[manifest.schema.json](manifest.schema.json).")
      + section("manifest", path: "", Wiring.manifest)
  }

  /// The keys of one mapping, and after it the mappings in it.
  private static func section(_ title: String, path: String, _ keys: [Parameter]) -> String {
    "\n## \(title)\n\n" + table(keys, path: path)
      + keys.map { key in
        let inner = path + key.id
        return key.shape.record.map { section(inner, path: inner + ".", $0) } ?? ""
      }.joined()
  }

  /// A row a key.
  ///
  /// `path`: what the keys stand under, where mappings in them have sections of their own; nil: they have none.
  static func table(_ keys: [Parameter], path: String? = "") -> String {
    rows(
      ["key", "what it is", "what may stand there", "default"],
      keys.map { key in
        let standard = key.required ? "required" : key.standard ?? ""
        let test = path == nil && DriftTests.named(key.id) != nil
        let target =
          path.map { "#" + anchor($0 + key.id) }
          ?? (test ? "drift-tests.md#\(anchor(key.id))" : nil)
        return ["`\(key.id)`", escaped(key.summary), place(key.shape, target), standard]
      })
  }

  /// What may stand at a key, with where its parts are explained.
  private static func place(_ shape: Shape, _ target: String?) -> String {
    switch shape {
    case .sql: "SQL over one row"
    case .list(let inner): "a list of: " + place(inner, target)
    case .map(let keys, let inner): "a mapping by \(keys), each: " + place(inner, target)
    case .record: target.map { "[a mapping](\($0))" } ?? "a mapping"
    case .entries(let kind, _, _): "a mapping by [\(kind)](\(page(of: kind)))"
    case .tagged(let key, let kind, _, _): "a mapping with `\(key)`: [a \(kind)](\(page(of: kind)))"
    case .either(let shapes): shapes.map { place($0, target) }.joined(separator: ", or ")
    default: shape.words
    }
  }

  /// The page of a kind of definition: of `drift test` its own, of `calibration metric` that of metrics.
  private static func page(of kind: String) -> String {
    let own = kind.replacing(" ", with: "-") + "s"
    return
      (Catalog.kinds.map(\.plural).contains(own)
      ? own : kind.split(separator: " ").last.map { "\($0)s" } ?? own) + ".md"
  }

  /// A page on all definitions of a kind, in sections by variant where there are any.
  static func page(_ kind: Catalog.Kind, _ title: String, _ words: String) -> String {
    let entries = kind.entries()
    var text = head(title, words)
    var variant: String?
    for entry in entries {
      if entry.variant != variant {
        variant = entry.variant
        text += "\n## \(variant ?? "")\n"
      }
      text += "\n\(variant == nil ? "##" : "###") \(entry.id)\n\n" + body(entry)
    }
    return text
  }

  /// What stands below a definition's title.
  private static func body(_ entry: Catalog.Entry) -> String {
    var parts = [entry.summary + "\n"]
    if !entry.told.isEmpty {
      parts.append(entry.told.map { "- \($0.name): \(escaped($0.text))\n" }.joined())
    }
    if !entry.parameters.isEmpty { parts.append(table(entry.parameters, path: entry.id + ".")) }
    for key in entry.parameters {
      guard let inner = key.shape.record else { continue }
      parts.append("#### \(entry.id).\(key.id)\n")
      parts.append(table(inner, path: nil))
    }
    if !entry.examples.isEmpty {
      parts.append("Examples, run as tests:\n")
      parts.append(fenced("text", entry.examples.joined(separator: "\n")))
    }
    for usage in entry.usage {
      parts.append("\(usage.place.prefix(1).uppercased() + usage.place.dropFirst()):\n")
      parts.append(fenced(usage.text.hasPrefix("--") ? "sh" : "yaml", usage.text))
    }
    return parts.joined(separator: "\n")
  }

  /// Every verb with its flags.
  static var commandLine: String {
    head("The command line", "gatewright: \(Help.summary).")
      + Command.shown.map(page).joined()
      + "\n## exit codes\n\n"
      + rows(["code", "meaning"], Help.exitCodes.map { ["`\($0.0)`", $0.1] })
  }

  /// One verb.
  private static func page(_ command: Command) -> String {
    var parts = [
      "\n## \(command.name)\n",
      command.summary.prefix(1).uppercased()
        + command.summary.dropFirst() + ".\n",
      fenced("sh", Help.usage(command)),
    ]
    parts += command.details.map { escaped($0) + "\n" }
    let words =
      command.arguments.map { ["`\($0.name)`", $0.summary] }
      + command.flags.map { flag in
        [(flag.letter.map { "`-\($0)`, " } ?? "") + "`\(flag.usage)`", flag.summary]
      }
    parts.append(rows(["word", "meaning"], words))
    if !command.examples.isEmpty {
      let lines = command.examples.map { "\($0.line)   # \($0.does)" }
      parts.append(fenced("sh", lines.joined(separator: "\n")))
    }
    return parts.joined(separator: "\n")
  }

  /// A table; bars in its cells are escaped.
  private static func rows(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { row in
      "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// A block of code.
  private static func fenced(_ language: String, _ text: String) -> String {
    "```\(language)\n\(text)\n```\n"
  }

  /// Text in which Markdown's own marks mean nothing.
  private static func escaped(_ text: String) -> String {
    text.replacing("*", with: "\\*").replacing("_", with: "\\_").replacing("<", with: "&lt;")
  }

  /// The name a heading is linked to by.
  private static func anchor(_ heading: String) -> String {
    String(
      String.UnicodeScalarView(
        heading.lowercased().replacing(" ", with: "-").unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == "-"
        }))
  }
}

extension Shape {
  /// The keys of the mapping that stands here, or in the list or mapping that does.
  fileprivate var record: [Parameter]? {
    switch self {
    case .record(let keys): keys
    case .list(let inner), .map(_, let inner): inner.record
    case .either(let shapes): shapes.lazy.compactMap(\.record).first
    default: nil
    }
  }
}
