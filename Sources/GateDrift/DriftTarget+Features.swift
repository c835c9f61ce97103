package import GateCore

extension DriftTables {
  /// What becomes of a column that is to be tested.
  package enum Found: Sendable {
    case target(DriftTarget)
    /// It cannot be judged, and must be.
    case mistake(String, Diagnostic)
    /// Nothing is measured on its type, and nobody named it.
    case unfit(String, reason: String)
  }

  /// The features as targets: those named, else what the model takes, else every column of the reference that has no role.
  package func features(
    named columns: [(name: String, mark: Mark)], model: ModelFeatures?,
    kinds: ByName<DriftKind>, except roles: Set<String>
  ) -> [Found] {
    let known = Dictionary(
      (model?.features ?? []).map { (ExactText($0.name), $0) },
      uniquingKeysWith: { first, _ in first })
    let names =
      columns.isEmpty
      ? model?.features.map(\.name)
        ?? reference.schema.map(\.name).filter { !roles.has($0) }
      : columns.map(\.name)
    return names.map { name in
      let isNamed = columns.contains { $0.name.isSame(as: name) }
      let mark = columns.first { $0.name.isSame(as: name) }?.mark
      let isColumn = both.contains { $0.table.schema.contains { $0.name.isSame(as: name) } }
      let sql = isColumn ? name.sqlName : known[ExactText(name)]?.sql ?? name.sqlName
      do throws(Diagnostic) {
        guard let kind = try kind(of: sql, named: name, written: kinds[name]) else {
          let type = reference.schema.first { $0.name.isSame(as: name) }?.declared ?? "of a type"
          let reason = "'\(name)' is \(type), which no drift test is for"
          if !isNamed { return .unfit(name, reason: reason) }
          throw Diagnostic(
            reason, at: mark, hint: "make a number of it under 'data.derive', or leave it out")
        }
        if kind == .category, known[ExactText(name)]?.isNumber == true,
          known[ExactText(name)]?.sql == sql,
          kinds[name] == nil
        {
          try wantNumbers(sql, named: name)
        }
        return .target(
          DriftTarget(
            place: .feature, name: name, kind: kind, origin: .sql(sql),
            importance: known[ExactText(name)]?.importance, isNamed: isNamed))
      } catch { return .mistake(name, error.at(mark)) }
    }
  }

  /// A mistake about a column that was taken for categories: with what makes numbers of the texts of a side.
  package func explaining(_ mistake: Diagnostic, named name: String) -> Diagnostic {
    for (table, _) in both {
      let explained = table.explaining(mistake, texts: name)
      if explained != mistake { return explained }
    }
    return mistake
  }

  /// Throws where a side holds texts of what the candidate takes as numbers.
  private func wantNumbers(_ sql: String, named name: String) throws(Diagnostic) {
    for (table, title) in both {
      guard table.schema.first(where: { $0.name.sqlName == sql })?.kind == .string else { continue }
      throw table.explaining(
        Diagnostic("'\(name)' holds texts in \(title), and the candidate takes numbers"), of: sql)
    }
  }

  /// The labels as targets: categories, but numbers of a regression or ranking and texts of a text task.
  package func labels(_ names: [String], task: TaskKind) throws(Diagnostic) -> [DriftTarget] {
    let written: DriftKind? =
      switch task {
      case .regression, .ranking: nil
      case .text: .text
      case .binary, .multiclass, .multilabel: .category
      }
    var targets: [DriftTarget] = []
    for name in names {
      guard let kind = try kind(of: name.sqlName, named: name, written: written) else {
        throw Diagnostic("the label '\(name)' is of a type that no drift test is for")
      }
      targets.append(
        DriftTarget(
          place: .label, name: names.count > 1 ? name : nil, kind: kind,
          origin: .sql(name.sqlName)))
    }
    return targets
  }
}

extension PredictedColumn {
  /// What a drift test takes it for.
  package var kind: DriftKind {
    switch values {
    case .numbers: .number
    case .categories: .category
    case .texts: .text
    case .vectors: .embedding
    }
  }

  /// The targets of both tables' columns, which are alike; throws a `Diagnostic` where they are not.
  package static func targets(
    _ reference: [PredictedColumn], _ current: [PredictedColumn]
  ) throws(Diagnostic) -> [DriftTarget] {
    guard reference.count == current.count else {
      throw Diagnostic(
        "the candidate gives other columns for the reference than for the current rows")
    }
    return zip(reference, current).map { one, other in
      DriftTarget(
        place: .prediction, name: one.name, kind: one.kind,
        origin: .values(reference: one.values, current: other.values))
    }
  }
}
