import Glibc

/// A standard normal number of two uniform ones.
///
/// Source: Box, Muller, Annals of Mathematical Statistics 29, 1958.
func normal(_ first: Double, _ second: Double) -> Double {
  (-2 * log(max(1 - first, 0x1p-60))).squareRoot() * cos(2 * .pi * second)
}

/// The number that has `logit`.
func logistic(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }

/// `base` to the `exponent`.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The exponential function.
func exponential(_ number: Double) -> Double { exp(number) }

/// The natural logarithm.
func logarithm(_ number: Double) -> Double { log(number) }
