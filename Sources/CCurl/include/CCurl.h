#pragma once
#include <stddef.h>
#include <stdint.h>

// The functions of libcurl that Gatewright calls, as types: the library is opened at run time. Options and facts have
// the numbers that curl.h gives them, which never change.

typedef int (*curl_global_init_fn)(long flags);
typedef void *(*curl_easy_init_fn)(void);
typedef int (*curl_easy_setopt_fn)(void *handle, int option, ...);
typedef int (*curl_easy_getinfo_fn)(void *handle, int fact, ...);
typedef int (*curl_easy_perform_fn)(void *handle);
typedef void (*curl_easy_cleanup_fn)(void *handle);
typedef const char *(*curl_easy_strerror_fn)(int code);
typedef const char *(*curl_version_fn)(void);
typedef void *(*curl_slist_append_fn)(void *list, const char *text);
typedef void (*curl_slist_free_all_fn)(void *list);

/// Gets some bytes; gives how many it took, and fewer than there were to end the transfer.
typedef size_t (*curl_taker)(char *bytes, size_t size, size_t count, void *context);

enum curl_option {
  curl_url = 10002, curl_headers = 10023, curl_method = 10036, curl_body = 10015,
  curl_body_size = 30120, curl_no_body = 44, curl_follow = 52, curl_no_signal = 99,
  curl_connect_timeout_ms = 156, curl_timeout_ms = 155, curl_low_speed_limit = 19,
  curl_low_speed_time = 20, curl_ca_file = 10065, curl_protocols = 10318, curl_no_proxy = 10177, curl_user_agent = 10018,
  curl_error_text = 10010, curl_write = 20011, curl_write_context = 10001, curl_header = 20079,
  curl_header_context = 10029, curl_user_password = 10005, curl_aws_sigv4 = 10305,
  curl_accept_encoding = 10102, curl_path_as_is = 234, curl_http_version = 84
};
enum curl_fact { curl_status = 0x200002 };

/// Options by what they take; each gives curl's code.
int curl_set_number(curl_easy_setopt_fn set, void *handle, int option, long value);
int curl_set_size(curl_easy_setopt_fn set, void *handle, int option, int64_t value);
int curl_set_pointer(curl_easy_setopt_fn set, void *handle, int option, const void *value);
int curl_set_taker(curl_easy_setopt_fn set, void *handle, int option, curl_taker value);
/// A number that is known after a transfer; 0 where it is not.
long curl_number(curl_easy_getinfo_fn get, void *handle, int fact);
