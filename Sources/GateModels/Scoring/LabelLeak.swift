import GateCore

/// Refuses a model that is given the label it is judged by, itself or through columns that are made of it, unless the
/// manifest allows that.
func refuseLabel(
  _ inputs: ModelInputs, _ model: ModelSource, _ table: any Table
) throws(Diagnostic) {
  guard !model.options.mayReadLabel, !model.labels.isEmpty else { return }
  let labels = Set(model.labels)
  let read: [Set<String>]
  do { read = try table.columnsRead(by: inputs.expressions) } catch let error as Diagnostic {
    throw error
  } catch { throw Diagnostic("could not tell what the inputs are made of: \(error)") }
  for (name, read) in zip(inputs.names, read) {
    guard let label = read.intersection(labels).sorted().first else { continue }
    throw Diagnostic(
      name == label
        ? "\(model.role) takes the label '\(label)' as an input, so it is told what it is judged by (leakage)"
        : "\(model.role) takes '\(name)', which is made of the label '\(label)', so it is told what it is "
          + "judged by (leakage)",
      hint:
        "train it without, or, where that is meant, say 'may_read_label: true' under models.\(model.role)"
    )
  }
}
