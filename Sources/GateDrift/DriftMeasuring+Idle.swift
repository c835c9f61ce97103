package import GateCore

extension DriftMeasuring {
  /// Checks of columns that a test was not run on: those it is not for are skipped, and those that nothing judged are errors
  /// where somebody named them.
  package func idle(
    _ found: [DriftTables.Found], _ trials: [DriftTrial], _ tables: DriftTables
  ) -> [Check] {
    found.flatMap { found -> [Check] in
      let blank = Check(
        id: "\(gate)/columns/\(found.name.idPart)", gate: gate, outcome: .skipped,
        message: "", location: request.mark.location)
      switch found {
      case .mistake(_, let mistake): return [blank.failing(.error, mistake)]
      case .unfit(_, let reason):
        var check = blank
        check.message = reason
        return [check]
      case .target(let target):
        let unfit = self.unfit(target)
        let isJudged = trials.contains {
          $0.target.place == .feature
            && ($0.target.name ?? "").isSame(as: target.name ?? "")
        }
        guard !isJudged, target.isNamed || unfit.isEmpty else { return unfit }
        let name = target.name ?? ""
        let mistake = Diagnostic(
          "no test here is for '\(name)', which holds \(target.kind.plural)",
          hint: "add one that is; 'gatewright list drift-tests' shows them")
        return [
          blank.failing(
            target.isNamed ? .error : .skipped,
            target.kind == .category ? tables.explaining(mistake, named: name) : mistake)
        ]
      }
    }
  }

  /// A skipped check for every test that is not for a target's kind, where the rule does not say for which kinds it is.
  private func unfit(_ target: DriftTarget) -> [Check] {
    request.features.filter { $0.kinds == nil && $0.wants(target) }.flatMap { rule in
      rule.requests.filter { !$0.fits(target.kind) }.map { asked in
        Check(
          id: "\(gate)/\(target.id(asked.id))", gate: gate, outcome: .skipped,
          blocking: rule.blocking,
          message: "\(target.title): \(asked.test.id) is for "
            + "\(asked.test.measure.kinds.map(\.plural).sorted().joined(separator: " and ")), and the "
            + "column holds \(target.kind.plural)",
          metric: asked.test.id, limit: asked.limits, location: asked.mark.location)
      }
    }
  }
}
