// The Swift runtime's archive calls hypotf, and glibc 2.35 gave that function a new version. It was the one symbol
// newer than glibc 2.34, so a definition of our own lets the program start where glibc is 2.34. Hidden, so that
// no shared library takes it for its own.
#include <math.h>

// The length of a right triangle's longest side; infinite if either side is, else NaN if either is.
//
// In double precision the squares of floats are exact and their sum cannot overflow.
__attribute__((visibility("hidden"))) float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * (double)x + (double)y * (double)y);
}
