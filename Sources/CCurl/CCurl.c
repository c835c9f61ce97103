#include "CCurl.h"

int curl_set_number(curl_easy_setopt_fn set, void *handle, int option, long value) {
  return set(handle, option, value);
}

int curl_set_size(curl_easy_setopt_fn set, void *handle, int option, int64_t value) {
  return set(handle, option, value);
}

int curl_set_pointer(curl_easy_setopt_fn set, void *handle, int option, const void *value) {
  return set(handle, option, value);
}

int curl_set_taker(curl_easy_setopt_fn set, void *handle, int option, curl_taker value) {
  return set(handle, option, value);
}

long curl_number(curl_easy_getinfo_fn get, void *handle, int fact) {
  long value = 0;
  return get(handle, fact, &value) ? 0 : value;
}
