// Debian's libgit2.a asks for Kerberos, which has no static archive, and for libssh2, which brings 3 MB of ciphers.
// Gatewright never speaks to the network through libgit2, so none of these is called; each says that it failed.
#include <stdint.h>

enum { gss_failure = 13 << 16, ssh_failure = -1 };

const void *GSS_C_NT_HOSTBASED_SERVICE = 0;

uint32_t gss_display_status(void) { return gss_failure; }
uint32_t gss_release_buffer(void) { return gss_failure; }
uint32_t gss_delete_sec_context(void) { return gss_failure; }
uint32_t gss_init_sec_context(void) { return gss_failure; }
uint32_t gss_import_name(void) { return gss_failure; }
uint32_t gss_release_name(void) { return gss_failure; }
uint32_t gss_indicate_mechs(void) { return gss_failure; }
uint32_t gss_release_oid_set(void) { return gss_failure; }

int libssh2_agent_connect(void) { return ssh_failure; }
int libssh2_agent_disconnect(void) { return ssh_failure; }
void libssh2_agent_free(void) {}
int libssh2_agent_get_identity(void) { return ssh_failure; }
void *libssh2_agent_init(void) { return 0; }
int libssh2_agent_list_identities(void) { return ssh_failure; }
int libssh2_agent_userauth(void) { return ssh_failure; }
int libssh2_channel_close(void) { return ssh_failure; }
int libssh2_channel_free(void) { return ssh_failure; }
void *libssh2_channel_open_ex(void) { return 0; }
int libssh2_channel_process_startup(void) { return ssh_failure; }
int libssh2_channel_read_ex(void) { return ssh_failure; }
int libssh2_channel_set_blocking(void) { return ssh_failure; }
int libssh2_channel_write_ex(void) { return ssh_failure; }
void libssh2_exit(void) {}
void *libssh2_hostkey_hash(void) { return 0; }
int libssh2_init(void) { return 0; }  // libgit2 calls it when it starts
int libssh2_knownhost_checkp(void) { return ssh_failure; }
void libssh2_knownhost_free(void) {}
void *libssh2_knownhost_init(void) { return 0; }
int libssh2_knownhost_readfile(void) { return ssh_failure; }
int libssh2_session_abstract(void) { return ssh_failure; }
int libssh2_session_disconnect_ex(void) { return ssh_failure; }
int libssh2_session_free(void) { return ssh_failure; }
int libssh2_session_handshake(void) { return ssh_failure; }
void *libssh2_session_hostkey(void) { return 0; }
void *libssh2_session_init_ex(void) { return 0; }
int libssh2_session_last_error(void) { return ssh_failure; }
int libssh2_session_method_pref(void) { return ssh_failure; }
void libssh2_session_set_blocking(void) {}
int libssh2_userauth_authenticated(void) { return ssh_failure; }
int libssh2_userauth_keyboard_interactive_ex(void) { return ssh_failure; }
void *libssh2_userauth_list(void) { return 0; }
int libssh2_userauth_password_ex(void) { return ssh_failure; }
int libssh2_userauth_publickey(void) { return ssh_failure; }
int libssh2_userauth_publickey_fromfile_ex(void) { return ssh_failure; }
int libssh2_userauth_publickey_frommemory(void) { return ssh_failure; }
