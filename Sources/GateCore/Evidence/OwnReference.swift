extension Diagnostic {
  /// That a table is compared with itself.
  package static let ownReference = Diagnostic(
    "the reference is the very bytes that are judged, so nothing is compared",
    hint: "let 'data.reference' be the rows that the model was trained on")
}

extension Diagnostic {
  /// That a table is compared with its own rows, written in another file.
  package static let sameRows = Diagnostic(
    "the reference holds the same rows in another file, in whatever order, so nothing is compared",
    hint: "let 'data.reference' be the rows that the model was trained on")
}
