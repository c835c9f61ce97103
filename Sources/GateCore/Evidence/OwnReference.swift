extension Diagnostic {
  /// That a table is compared with itself.
  package static let ownReference = Diagnostic(
    "the reference is the very bytes that are judged, so nothing is compared",
    hint: "let 'data.reference' be the rows that the model was trained on")
}
