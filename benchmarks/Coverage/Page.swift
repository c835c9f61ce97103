/// The page that `make coverage` writes.
struct Page {
  let tallies: [Tally]

  /// Takes the counts in the order of the table.
  init(_ tallies: [Tally]) { self.tallies = tallies }

  /// In Markdown.
  var text: String {
    let broken = tallies.count { $0.broken != nil }
    return Self.head + tallies.map { $0.row + "\n" }.joined()
      + "\n\(tallies.count) rows; \(broken == 0 ? "every promise holds" : "\(broken) broken").\n"
  }

  /// What the columns mean.
  private static let head = """
    # Coverage of the intervals

    By `make coverage`, on simulated rows whose true values are known. Each simulation goes the way of a check: a gate, made
    of a manifest's keys, judges evidence at `confidence: 0.95`, with the model exactly at its limit.

    | column | meaning |
    |---|---|
    | covers % | intervals that hold the true value, of those given |
    | above %, below % | intervals wholly above, and wholly below it |
    | refused % | simulations without an interval: the check is inconclusive and says why |
    | passes % | verdicts `passed` on a model exactly at its limit; for `max_drop` on an inferior candidate |
    | holds | `yes`: covers 93 to 97% at 5,000 rows and at least 92% at 200; `max_drop` passes at most 2.5% and three standard errors \
    (3.55% of 2,000 simulations, 4.6% of 500); `conservative` and `refuses`: below; anything else: the promise is broken, and how |

    `conservative` is Clopper and Pearson's interval above 97%: by construction it covers at least its level at every size, \
    so where few rows count (recall of 2% positives: 100 of 5,000 rows) it covers more. It errs to the side of `inconclusive`, \
    and no other method may.

    The standard error of a coverage of 95% is 0.49% at 2,000 simulations, 0.22% at 10,000, 0.97% at 500, 1.26% at 300. A bootstrap has 600 draws at
    200 rows and 300 at 5,000; users get 1,000. What more
    than half of the simulations refuse is not fit there and says so; its wrong intervals are then counted against all
    simulations. True values are those of 2^20 rows that fill the space of the rows evenly, about a hundredth of a standard
    error off.

    The median's error and the rank correlation have 1,000 simulations at 5,000 rows: the first 300 of them put the coverage of
    the median at 92.3%, within their error of 93 and of 95; all of them put it at 93.5%. What fewer put above 97% (97.05 to
    97.4) has 10,000.

    | metric | limit | rows are | method | rows | simulations | covers % | above % | below % | refused % | passes % | holds |
    |---|---|---|---|--:|--:|--:|--:|--:|--:|--:|---|

    """
}
