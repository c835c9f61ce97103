#pragma once

// A C face on Boost.Math's distribution functions. Nothing throws across it and nothing is global.

#ifdef __cplusplus
extern "C" {
#endif

/// Why `value` may not be what was asked for.
typedef enum special_status {
  /// `value` is right.
  SPECIAL_OK = 0,
  /// An argument is outside the function's domain; `value` is NaN.
  SPECIAL_DOMAIN = 1,
  /// The series or search did not converge, or the result overflows; `value` is NaN.
  SPECIAL_FAILED = 2,
} special_status;

/// A number, or NaN and why.
typedef struct special_result {
  double value;
  special_status status;
} special_result;

special_result special_normal_cdf(double x);
special_result special_normal_survival(double x);
special_result special_normal_quantile(double p);

special_result special_student_cdf(double degrees, double t);
special_result special_student_survival(double degrees, double t);
special_result special_student_quantile(double degrees, double p);

special_result special_chi_squared_cdf(double degrees, double x);
special_result special_chi_squared_survival(double degrees, double x);
special_result special_chi_squared_quantile(double degrees, double p);

special_result special_f_cdf(double numerator, double denominator, double x);
special_result special_f_survival(double numerator, double denominator, double x);

/// The regularised incomplete beta function I_x(a, b), its complement, and its inverse in x.
special_result special_beta_cdf(double a, double b, double x);
special_result special_beta_survival(double a, double b, double x);
special_result special_beta_quantile(double a, double b, double p);

special_result special_binomial_pmf(double trials, double probability, double successes);
special_result special_binomial_cdf(double trials, double probability, double successes);
special_result special_binomial_survival(double trials, double probability, double successes);
/// The smallest whole number whose cdf is at least p.
special_result special_binomial_quantile(double trials, double probability, double p);

/// The regularised lower and upper incomplete gamma functions P(a, x) and Q(a, x).
special_result special_gamma_p(double a, double x);
special_result special_gamma_q(double a, double x);
special_result special_log_gamma(double x);

/// Of `drawn` from `total` of which `marked` are marked, the chance of exactly (at most) `found`
/// marked.
special_result special_hypergeometric_pmf(
    unsigned total, unsigned marked, unsigned drawn, unsigned found);
special_result special_hypergeometric_cdf(
    unsigned total, unsigned marked, unsigned drawn, unsigned found);

special_result special_erf(double x);
special_result special_erfc(double x);

#ifdef __cplusplus
}
#endif
