extension Hypergeometric {
  /// The chance that every thing drawn is marked; 1 where nothing is drawn, 0 where too few are marked.
  package var chanceOfAll: Double {
    var chance = 1.0
    for place in 0..<max(0, drawn) where chance > 0 {
      chance *= Double(max(0, marked - place)) / Double(total - place)
    }
    return chance
  }
}
