package import GateCore

/// Measures the tests of all features together.
struct DriftTableMeasurement: Sendable {
  package let rule: DriftRule
  package let tables: DriftTables
  package let targets: [DriftTarget]
  package let minRows: Int
  package let trainDomainClassifier:
    @Sendable (DomainClassifierRequest) throws -> DomainClassifierResult

  /// A trial a test.
  package func trials() async -> [DriftTrial] {
    let rows = Result { () throws(Diagnostic) in try self.rows() }
    let target = DriftTarget(place: .table, name: nil, kind: .number, origin: .sql(""))
    return rule.requests.map { request in
      DriftTrial(
        rule: rule, request: request, target: target,
        cases: [
          DriftTrial.Case(
            period: nil, values: (try? rows.get().counts) ?? (0, 0),
            judged: (try? rows.get().counts.current) ?? 0,
            reading: reading(request, rows),
            conditions: rule.conditions.map { reading($0, rows) })
        ])
    }
  }

  /// Every feature that holds numbers or categories, row by row.
  private func rows() throws(Diagnostic) -> DriftRows {
    var features: [DriftRows.Feature] = []
    for target in targets where target.kind == .number || target.kind == .category {
      let values: DriftRows.Values
      switch try tables.values(target) {
      case (.numbers(let one), .numbers(let other)):
        values = .numbers(reference: one, current: other)
      case (.categories(let one, let names), .categories(let other, let others)):
        values = .common(one, names, other, others)
      default: continue
      }
      features.append(DriftRows.Feature(name: target.name ?? "", values: values))
    }
    if features.isEmpty { throw Diagnostic("no feature holds numbers or categories") }
    return DriftRows(features: features)
  }

  private func reading(
    _ request: DriftRequest, _ rows: Result<DriftRows, Diagnostic>
  ) -> DriftTrial.Reading {
    let result: Result<DriftFigure, DriftFailure>
    switch rows {
    case .failure(let mistake): result = .failure(.unread(mistake))
    case .success(let rows):
      let (n, m) = rows.counts
      if min(n, m) < minRows {
        let side = m <= n ? "the current rows are" : "the rows of the reference are"
        result = .failure(
          .tooFew("\(side) \(min(n, m)), \(minRows - min(n, m)) short of min_rows: \(minRows)"))
      } else {
        result = figure(request, rows)
      }
    }
    return DriftTrial.Reading(request: request, result: result)
  }

  private func figure(
    _ request: DriftRequest, _ rows: DriftRows
  ) -> Result<DriftFigure, DriftFailure> {
    do {
      guard case .separation = request.test.measure else {
        return .success(try request.test.figure(on: .rows(rows), request.arguments))
      }
      let found = try trainDomainClassifier(DomainClassifierRequest(rows: rows, request.arguments))
      return .success(try request.test.figure(on: .separation(found), request.arguments))
    } catch let undefined as Undefined {
      return .failure(.undefined(undefined.reason))
    } catch { return .failure(.unread(.of(error))) }
  }
}

extension DomainClassifierRequest {
  /// What a manifest gave.
  package init(rows: DriftRows, _ arguments: Arguments) {
    self.init(rows: rows)
    if let most = arguments["rows"] { mostRows = Int(most) }
    if let rounds = arguments["rounds"] { self.rounds = Int(rounds) }
    if let leaves = arguments["leaves"] { self.leaves = Int(leaves) }
    if let seed = arguments["seed"] { self.seed = UInt64(seed) }
  }
}

extension DriftRows.Values {
  /// Categories of both sides by one list of names, in their order.
  fileprivate static func common(
    _ reference: [Int32], _ names: [String], _ current: [Int32], _ others: [String]
  ) -> DriftRows.Values {
    let all = Set((names + others).map { ExactText($0) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, Int32($0)) })
    let here = names.map { places[ExactText($0)] ?? -1 }
    let there = others.map { places[ExactText($0)] ?? -1 }
    return .categories(
      reference: reference.map { $0 < 0 ? -1 : here[Int($0)] },
      current: current.map { $0 < 0 ? -1 : there[Int($0)] }, names: all.map(\.text))
  }
}
