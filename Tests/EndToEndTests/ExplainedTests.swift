import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema
@testable import gatewright

/// What `explain` and the reference show may be pasted: in a manifest or schema around it, it is accepted.
@Suite struct ExplainedTests {
  /// A page, and the name a failed test has.
  struct Page: CustomTestStringConvertible, Sendable {
    let kind: Catalog.Kind
    let entry: Catalog.Entry
    var testDescription: String {
      "\(kind.singular) \(entry.id)\(entry.variant.map { " (\($0))" } ?? "")"
    }
  }

  /// Every page of every kind, and every seventh of the thousands that follow from others by one rule.
  static let pages: [Page] = Catalog.kinds.flatMap { kind in
    let derived = kind.derived().enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
    return (kind.entries() + derived).map { Page(kind: kind, entry: $0) }
  }

  @Test(arguments: pages) func `usage is accepted`(page: Page) throws {
    #expect(!page.entry.usage.isEmpty)
    for (place, text) in page.entry.usage {
      let mistakes: [Diagnostic]
      switch place {
      case "in a manifest":
        let task = page.entry.variant.flatMap { TaskKind(rawValue: $0) } ?? .binary
        mistakes = Surroundings.mistakes(
          ofManifest: try Surroundings.manifest(text, task: task))
      case "in a schema":
        mistakes = Surroundings.mistakes(ofSchema: Surroundings.schema(text))
      case "on the command line":
        let words = text.split(separator: " ").map(String.init)
        _ = try Command.named("check").parse(words)
        mistakes = []
      default:
        Issue.record("nothing is known of usage '\(place)'")
        continue
      }
      #expect(
        mistakes.isEmpty, "\(text)\n\(mistakes.map(\.rendered).joined(separator: "\n"))")
    }
  }

  @Test func `every page can be asked for`() throws {
    for id in Set(Self.pages.map(\.entry.id)).sorted() {
      #expect(!(try Catalog.explain(id)).isEmpty)
    }
  }

  @Test func `help tells every kind of list`() throws {
    let help = Help.page(.list)
    for kind in Catalog.kinds {
      #expect(help.contains(kind.plural), "\(kind.plural)")
      #expect(!kind.entries().isEmpty)
    }
    let explain = Help.page(.explain)
    for kind in Catalog.kinds { #expect(explain.contains(kind.singular), "\(kind.singular)") }
  }
}
