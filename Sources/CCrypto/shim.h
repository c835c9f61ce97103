// SHA256_* stand behind a notice of deprecation that names the EVP face; Digest.swift says why not that.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
