#include "CSpecialFunctions.h"

#include <cerrno>
#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace {

namespace bm = boost::math;
namespace bp = boost::math::policies;

// Every error is a value and errno: nothing throws, and a whole-number quantile rounds up.
using Quiet = bp::policy<
    bp::domain_error<bp::errno_on_error>, bp::pole_error<bp::errno_on_error>,
    bp::overflow_error<bp::errno_on_error>, bp::evaluation_error<bp::errno_on_error>,
    bp::rounding_error<bp::errno_on_error>, bp::indeterminate_result_error<bp::errno_on_error>,
    bp::underflow_error<bp::ignore_error>, bp::denorm_error<bp::ignore_error>,
    bp::discrete_quantile<bp::integer_round_up>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Boost's internals may still throw (an allocation, a root finder): that too becomes a status.
template <typename Body>
special_result guarded(bool inDomain, Body body) {
  if (!inDomain) return {nan, SPECIAL_DOMAIN};
  const int before = errno;
  errno = 0;
  special_result result = {nan, SPECIAL_FAILED};
  try {
    const double value = body();
    if (errno == EDOM || std::isnan(value)) {
      result = {nan, SPECIAL_DOMAIN};
    } else if (std::isfinite(value)) {
      // ERANGE alone is the C library's word for a factor that underflowed to 0, as it should.
      result = {value, SPECIAL_OK};
    }
  } catch (...) {
  }
  errno = before;
  return result;
}

bool isProbability(double p) { return p >= 0 && p <= 1; }
bool isInside(double p) { return p > 0 && p < 1; }
bool isPositive(double x) { return x > 0 && std::isfinite(x); }
bool isWhole(double x) { return x >= 0 && std::isfinite(x) && std::floor(x) == x; }
bool isBinomial(double trials, double probability) {
  return isWhole(trials) && isProbability(probability);
}
bool isUrn(unsigned total, unsigned marked, unsigned drawn) {
  return marked <= total && drawn <= total;
}
bool isPossible(unsigned total, unsigned marked, unsigned drawn, unsigned found) {
  const unsigned unmarked = total - marked;
  return found <= marked && found <= drawn && drawn - found <= unmarked;
}

bm::normal_distribution<double, Quiet> normal() { return {0, 1}; }
bm::students_t_distribution<double, Quiet> student(double degrees) {
  return bm::students_t_distribution<double, Quiet>(degrees);
}
bm::chi_squared_distribution<double, Quiet> chiSquared(double degrees) {
  return bm::chi_squared_distribution<double, Quiet>(degrees);
}
bm::fisher_f_distribution<double, Quiet> fisher(double numerator, double denominator) {
  return {numerator, denominator};
}
bm::binomial_distribution<double, Quiet> binomial(double trials, double probability) {
  return {trials, probability};
}
bm::hypergeometric_distribution<double, Quiet> urn(
    unsigned total, unsigned marked, unsigned drawn) {
  return {marked, drawn, total};
}

}  // namespace

extern "C" {

special_result special_normal_cdf(double x) {
  return guarded(!std::isnan(x), [=] { return bm::cdf(normal(), x); });
}
special_result special_normal_survival(double x) {
  return guarded(!std::isnan(x), [=] { return bm::cdf(bm::complement(normal(), x)); });
}
special_result special_normal_quantile(double p) {
  return guarded(isInside(p), [=] { return bm::quantile(normal(), p); });
}

special_result special_student_cdf(double degrees, double t) {
  return guarded(isPositive(degrees) && !std::isnan(t), [=] {
    return std::isinf(t) ? (t > 0 ? 1.0 : 0.0) : bm::cdf(student(degrees), t);
  });
}
special_result special_student_survival(double degrees, double t) {
  return special_student_cdf(degrees, -t);
}
special_result special_student_quantile(double degrees, double p) {
  return guarded(isPositive(degrees) && isInside(p), [=] {
    return bm::quantile(student(degrees), p);
  });
}

special_result special_chi_squared_cdf(double degrees, double x) {
  return guarded(isPositive(degrees) && x >= 0, [=] {
    return std::isinf(x) ? 1.0 : bm::cdf(chiSquared(degrees), x);
  });
}
special_result special_chi_squared_survival(double degrees, double x) {
  return guarded(isPositive(degrees) && x >= 0, [=] {
    return std::isinf(x) ? 0.0 : bm::cdf(bm::complement(chiSquared(degrees), x));
  });
}
special_result special_chi_squared_quantile(double degrees, double p) {
  return guarded(isPositive(degrees) && p >= 0 && p < 1, [=] {
    return bm::quantile(chiSquared(degrees), p);
  });
}

special_result special_f_cdf(double numerator, double denominator, double x) {
  return guarded(isPositive(numerator) && isPositive(denominator) && x >= 0, [=] {
    return std::isinf(x) ? 1.0 : bm::cdf(fisher(numerator, denominator), x);
  });
}
special_result special_f_survival(double numerator, double denominator, double x) {
  return guarded(isPositive(numerator) && isPositive(denominator) && x >= 0, [=] {
    return std::isinf(x) ? 0.0 : bm::cdf(bm::complement(fisher(numerator, denominator), x));
  });
}

special_result special_beta_cdf(double a, double b, double x) {
  return guarded(isPositive(a) && isPositive(b) && isProbability(x), [=] {
    return bm::ibeta(a, b, x, Quiet());
  });
}
special_result special_beta_survival(double a, double b, double x) {
  return guarded(isPositive(a) && isPositive(b) && isProbability(x), [=] {
    return bm::ibetac(a, b, x, Quiet());
  });
}
special_result special_beta_quantile(double a, double b, double p) {
  return guarded(isPositive(a) && isPositive(b) && isProbability(p), [=] {
    return bm::ibeta_inv(a, b, p, Quiet());
  });
}

special_result special_binomial_pmf(double trials, double probability, double successes) {
  const bool inDomain = isBinomial(trials, probability) && isWhole(successes);
  return guarded(inDomain, [=] {
    return successes > trials ? 0.0 : bm::pdf(binomial(trials, probability), successes);
  });
}
special_result special_binomial_cdf(double trials, double probability, double successes) {
  const bool inDomain = isBinomial(trials, probability) && isWhole(successes);
  return guarded(inDomain, [=] {
    return successes >= trials ? 1.0 : bm::cdf(binomial(trials, probability), successes);
  });
}
special_result special_binomial_survival(double trials, double probability, double successes) {
  const bool inDomain = isBinomial(trials, probability) && isWhole(successes);
  return guarded(inDomain, [=] {
    return successes >= trials
        ? 0.0
        : bm::cdf(bm::complement(binomial(trials, probability), successes));
  });
}
special_result special_binomial_quantile(double trials, double probability, double p) {
  return guarded(isBinomial(trials, probability) && isProbability(p), [=] {
    if (p == 0 || probability == 0 || trials == 0) return 0.0;
    if (p == 1 || probability == 1) return trials;
    return bm::quantile(binomial(trials, probability), p);
  });
}

special_result special_gamma_p(double a, double x) {
  return guarded(isPositive(a) && x >= 0, [=] {
    return std::isinf(x) ? 1.0 : bm::gamma_p(a, x, Quiet());
  });
}
special_result special_gamma_q(double a, double x) {
  return guarded(isPositive(a) && x >= 0, [=] {
    return std::isinf(x) ? 0.0 : bm::gamma_q(a, x, Quiet());
  });
}
special_result special_log_gamma(double x) {
  return guarded(isPositive(x), [=] { return bm::lgamma(x, Quiet()); });
}

special_result special_hypergeometric_pmf(
    unsigned total, unsigned marked, unsigned drawn, unsigned found) {
  return guarded(isUrn(total, marked, drawn), [=] {
    return isPossible(total, marked, drawn, found)
        ? bm::pdf(urn(total, marked, drawn), found)
        : 0.0;
  });
}
special_result special_hypergeometric_cdf(
    unsigned total, unsigned marked, unsigned drawn, unsigned found) {
  return guarded(isUrn(total, marked, drawn), [=] {
    if (found >= marked || found >= drawn) return 1.0;
    return isPossible(total, marked, drawn, found)
        ? bm::cdf(urn(total, marked, drawn), found)
        : 0.0;
  });
}

special_result special_erf(double x) {
  return guarded(!std::isnan(x), [=] { return bm::erf(x, Quiet()); });
}
special_result special_erfc(double x) {
  return guarded(!std::isnan(x), [=] { return bm::erfc(x, Quiet()); });
}

}  // extern "C"
