import GateCore

/// Every drift test; a new one is a line here.
package enum DriftTests {
  package static let all: [DriftTest] = [
    .ks, .ksNannyML, .ksDeepchecks, .cramerVonMises, .cramerVonMisesEvidently, .andersonDarling,
    .andersonDarlingEvidently, .mannWhitney, .mannWhitneyEvidently, .tTest, .tTestEvidently,
    .zTest, .eppsSingleton, .wasserstein, .wassersteinEvidently, .wassersteinNannyML,
    .wassersteinDeepchecks, .energy, .energyEvidently,
    .scaleShift, .tailShare, .farOut, .clipping, .valueShare, .newValue,
    .psi, .psiEvidently, .psiDeepchecks, .jensenShannon, .jensenShannonEvidently,
    .jensenShannonNannyML, .jensenShannonTFDV, .klDivergence, .klDivergenceEvidently,
    .klDivergenceGreatExpectations, .hellinger, .hellingerEvidently, .hellingerNannyML,
    .totalVariation, .lInfinity, .lInfinityNannyML, .lInfinityTFDV, .normalizedAbsDiff,
    .chiSquare, .chiSquareEvidently, .chiSquareNannyML, .gTest, .gTestEvidently, .fisherExact,
    .proportionZTest, .zTestEvidently, .cramersV, .cramersVDeepchecks, .nullShare, .unseenShare,
    .textLength, .outOfVocabulary, .textDomainClassifier,
    .centroidDistance, .driftedComponents, .driftedComponentsEvidently,
    .mmd, .mmdEvidently, .vectorDomainClassifier,
    .correlationChange, .pcaReconstructionError, .pcaReconstructionErrorNannyML,
    .domainClassifier, .domainClassifierDeepchecks,
  ]

  /// The test of that id.
  package static func named(_ id: String) -> DriftTest? { all.first { $0.id == id } }
}
