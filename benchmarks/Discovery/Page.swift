import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema
import Glibc

/// The page that `make discovery` writes.
struct Page {
  /// Of the table.
  let rows: [String]
  /// Of a search of a million rows.
  let seconds: Double

  /// Writes it; throws a `Diagnostic` where it cannot.
  func write(to path: String) throws {
    guard let file = fopen(path, "w") else { throw Diagnostic("'\(path)' cannot be written") }
    defer { fclose(file) }
    fputs(text, file)
  }

  private var text: String {
    """
    # What the search for slices finds

    By `make discovery`: 50,000 loan applications of 12 columns (texts, whole numbers, numbers, nulls), decided rightly by both
    models in 85 of 100 rows, the candidate turning 4 of 100 right decisions and as many wrong ones. On the planted rows,
    three in a hundred, the candidate decides 10 in a hundred fewer rightly. `discover: true` beside `accuracy`, all else as it
    stands.

    | gate | planted | trials | a slice is named | the planted one is found | a slice elsewhere is named |
    |---|---|--:|--:|--:|--:|
    \(rows.joined(separator: "\n"))

    All figures are trials. Found: a named slice and the planted one share at least half of the rows that are in either.
    Elsewhere: fewer than one in ten rows of a named slice are planted. Promised: found in 90 of 100 trials, and a slice named in at
    most 5 of 100 where nothing was planted. The intervals of `income` and `debt` end at no quantile that the search cuts at.

    A million rows of 28 columns, read, searched and tested on this machine's cores: \(seconds.brief) s.

    """
  }
}
