extension Diagnostic {
  /// Any error as a diagnostic.
  package static func of(_ error: any Error) -> Diagnostic {
    (error as? Diagnostic) ?? Diagnostic("\(error)")
  }
}

extension Result where Failure == any Error {
  /// The failure as a diagnostic, said to stand at `mark` unless it has a place.
  package func located(at mark: Mark?) -> Result<Success, Diagnostic> {
    mapError { Diagnostic.of($0).at(mark) }
  }
}

extension Result where Failure == Diagnostic {
  package func located(at mark: Mark?) -> Result<Success, Diagnostic> { mapError { $0.at(mark) } }

  /// Why there is none; nil on success.
  package var failure: Diagnostic? { if case .failure(let mistake) = self { mistake } else { nil } }
}

extension Optional {
  package func located<T>(at mark: Mark?) -> Result<T, Diagnostic>
  where Wrapped == Result<T, Diagnostic> {
    (self ?? .failure(Diagnostic("there is no such table"))).located(at: mark)
  }
}
