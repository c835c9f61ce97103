internal import CLightGBM
import GateCore
import GateSystem

/// The functions of LightGBM's library that train.
private struct LightGBMTraining {
  let library: LightGBMLibrary
  let dataset: CLightGBM.LGBM_DatasetCreateFromMat
  let field: CLightGBM.LGBM_DatasetSetField
  let freeDataset: CLightGBM.LGBM_DatasetFree
  let booster: CLightGBM.LGBM_BoosterCreate
  let update: CLightGBM.LGBM_BoosterUpdateOneIter

  /// Opens the library.
  init() throws(Diagnostic) {
    library = try LightGBMLibrary()
    let shared = library.shared
    dataset = try shared.symbol(
      "LGBM_DatasetCreateFromMat", as: CLightGBM.LGBM_DatasetCreateFromMat.self)
    field = try shared.symbol("LGBM_DatasetSetField", as: CLightGBM.LGBM_DatasetSetField.self)
    freeDataset = try shared.symbol("LGBM_DatasetFree", as: CLightGBM.LGBM_DatasetFree.self)
    booster = try shared.symbol("LGBM_BoosterCreate", as: CLightGBM.LGBM_BoosterCreate.self)
    update = try shared.symbol(
      "LGBM_BoosterUpdateOneIter", as: CLightGBM.LGBM_BoosterUpdateOneIter.self)
  }
}

/// A classifier that learns to tell current rows from the reference; lives in the worker process only.
///
/// One thread, all features and all rows a tree, so that the same job gives the same bytes.
final class LightGBMTrainer {
  private let training: LightGBMTraining
  private let job: TrainingJob
  /// Column after column, of the rows that are learned from and of those that are scored.
  private var learned: [Double] = []
  private var scored: [Double] = []
  private let rows: (learned: [Int], scored: [Int])
  /// The places of features that are categories.
  private var categorical: [Int] = []
  private var taken = 0

  /// Opens the library; throws where there is none, and for a job without rows to learn from or to score.
  init(_ job: TrainingJob) throws(Diagnostic) {
    training = try LightGBMTraining()
    self.job = job
    let places = job.isScored.indices
    rows = (places.filter { !job.isScored[$0] }, places.filter { job.isScored[$0] })
    let (n, m) = (rows.learned.count, rows.scored.count)
    guard n > 0, m > 0, places.count <= Int(Int32.max), 1...1 << 20 ~= job.features else {
      throw Diagnostic(
        "there are \(n) rows to learn from, \(m) to score and \(job.features) features")
    }
    learned.reserveCapacity(n * job.features)
    scored.reserveCapacity(m * job.features)
  }

  /// Takes the next feature.
  func take(_ feature: TrainingJob.Feature) throws(Diagnostic) {
    guard taken < job.features, feature.count == job.isScored.count else {
      throw Diagnostic(
        "feature \(taken + 1) of \(job.features) has \(feature.count) rows of "
          + "\(job.isScored.count)")
    }
    switch feature {
    case .numbers(let values):
      // Where the library draws a line between two values it takes their mean, which must not overflow.
      take { values[$0].isNaN ? .nan : max(-1e300, min(1e300, values[$0])) }
    case .categories(let codes):
      categorical.append(taken)
      take { Double(codes[$0]) }
    }
    taken += 1
  }

  /// Adds a column whose values are those of the job's rows.
  private func take(_ value: (Int) -> Double) {
    learned.append(contentsOf: rows.learned.lazy.map(value))
    scored.append(contentsOf: rows.scored.lazy.map(value))
  }

  /// Learns, and scores the rows that were kept out.
  func learn() throws(Diagnostic) -> TrainingJob.Outcome {
    guard taken == job.features else {
      throw Diagnostic("\(taken) of \(job.features) features came")
    }
    let training = training
    let dataset = NativeHandle { training.freeDataset($0) }
    let booster = NativeHandle { training.library.free($0) }
    return try withExtendedLifetime(dataset) { () throws(Diagnostic) in
      try train(dataset, booster)
      return try outcome(of: booster)
    }
  }

  private func train(_ dataset: NativeHandle, _ booster: NativeHandle) throws(Diagnostic) {
    let library = training.library
    try library.check(
      training.dataset(
        learned, 1, Int32(rows.learned.count), Int32(job.features), 0, datasetParameters, nil,
        &dataset.pointer), "read \(rows.learned.count) rows to learn from")
    let labels = rows.learned.map { job.isCurrent[$0] ? 1 as Float : 0 }
    try library.check(
      training.field(dataset.pointer, "label", labels, Int32(labels.count), 0), "read the sides")
    learned = []
    try library.check(
      training.booster(dataset.pointer, parameters, &booster.pointer), "make a classifier")
    for round in 0..<max(1, job.rounds) {
      var finished: Int32 = 0
      try library.check(
        training.update(booster.pointer, &finished), "grow tree \(round + 1)")
      if finished != 0 { break }
    }
  }

  private func outcome(of booster: NativeHandle) throws(Diagnostic) -> TrainingJob.Outcome {
    let library = training.library
    let count = rows.scored.count
    var scores = [Double](repeating: .nan, count: count)
    var written: Int64 = 0
    try library.check(
      library.predict(
        booster.pointer, scored, 1, Int32(count), Int32(job.features), 0, 0, 0, -1,
        "num_threads=1 verbosity=-1", &written, &scores), "score \(count) rows")
    guard written == Int64(count),
      let gains = library.gains(of: booster.pointer, job.features)
    else { throw Diagnostic("lightgbm scored \(written) of \(count) rows") }
    return TrainingJob.Outcome(scores: scores, gains: gains)
  }

  /// What the library is told of rows.
  private var datasetParameters: String {
    let list = categorical.map(String.init).joined(separator: ",")
    return parameters + (list.isEmpty ? "" : " categorical_feature=\(list)")
  }

  /// What the library is told of learning.
  private var parameters: String {
    "objective=binary num_leaves=\(job.leaves) learning_rate=\(DomainClassifierRequest.learningRate) "
      + "min_data_in_leaf=\(job.leafRows) min_data_per_group=\(job.categoryRows) "
      + "seed=\(job.seed) deterministic=true force_row_wise=true num_threads=1 verbosity=-1"
  }
}
