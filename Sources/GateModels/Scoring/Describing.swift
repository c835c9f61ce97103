package import GateCore

/// What a model takes and how much it makes of each input, without scoring anything.
///
/// The model is opened in a worker process of its own, and the names, the order and the types of its inputs are checked
/// against the columns of `table` as before it is scored.
///
/// - Parameters:
///   - model: Which file, with what inputs, within which limits.
///   - table: The rows, of which none is read.
///   - executable: The absolute path of this program.
///   - temporary: A folder in which the worker's own empty folder is made.
/// - Returns: A feature an input, in the model's order. Importances are shares of the sum of the gains of all splits, as
///   LightGBM and XGBoost (`total_gain`) have them, and add up to 1; nil for other runtimes and for a model without a
///   split.
/// - Throws: A `Diagnostic` for a model that does not open and for an input that does not fit.
package func describe(
  _ model: ModelSource, rows table: any Table, executable: String, temporary: String
) throws(Diagnostic) -> ModelFeatures {
  let worker = try WorkerClient(model, executable: executable, temporary: temporary)
  let inputs = try ModelInputs(worker.description, model: model, of: table)
  try refuseLabel(inputs, model, table)
  let gains = worker.description.importances
  let sum = gains?.reduce(0, +) ?? 0
  return ModelFeatures(
    features: inputs.names.indices.map { place in
      ModelFeatures.Feature(
        name: inputs.names[place], sql: inputs.expressions[place],
        importance: sum > 0 && sum.isFinite ? gains.map { $0[place] / sum } : nil,
        isNumber: [.number, .numbers, .integer].contains(inputs.kinds[place]))
    }, size: worker.description.size)
}
