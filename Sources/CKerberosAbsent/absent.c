// Debian's libgit2.a asks for Kerberos, which has no static archive. Gatewright never speaks to the network
// through libgit2, so these are never called; each says GSS_S_FAILURE.
#include <stdint.h>

enum { failure = 13 << 16 };

const void *GSS_C_NT_HOSTBASED_SERVICE = 0;

uint32_t gss_display_status(void) { return failure; }
uint32_t gss_release_buffer(void) { return failure; }
uint32_t gss_delete_sec_context(void) { return failure; }
uint32_t gss_init_sec_context(void) { return failure; }
uint32_t gss_import_name(void) { return failure; }
uint32_t gss_release_name(void) { return failure; }
uint32_t gss_indicate_mechs(void) { return failure; }
uint32_t gss_release_oid_set(void) { return failure; }
