#pragma once
#include <stddef.h>
#include <stdint.h>

// ONNX Runtime's C API as Gatewright uses it: its table of functions by index, asked for as API version 11 (ONNX
// Runtime 1.11 and newer), with one wrapper a function so that the compiler checks the arguments. The library is
// opened at run time. Slots are frozen: upstream asserts that an index never changes.

static const uint32_t ort_api_version = 11;

typedef void (*OrtSlot)(void);
typedef struct { OrtSlot slot[210]; } OrtApi;
typedef struct {
  const OrtApi *(*get_api)(uint32_t version);
  const char *(*get_version)(void);
} OrtApiBase;
typedef const OrtApiBase *(*OrtGetApiBase)(void);

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorInfo OrtTensorInfo;
typedef struct OrtSequenceInfo OrtSequenceInfo;
typedef struct OrtMapInfo OrtMapInfo;
typedef struct OrtValue OrtValue;

// Element types of tensors, then kinds of values.
static const int32_t ort_float = 1, ort_int32 = 6, ort_int64 = 7, ort_string = 8, ort_bool = 9, ort_double = 11;
static const int32_t ort_uint8 = 2, ort_int8 = 3, ort_uint16 = 4, ort_int16 = 5, ort_float16 = 10, ort_uint32 = 12,
                     ort_uint64 = 13;
static const int32_t ort_tensor = 1, ort_sequence = 2, ort_map = 3;

#define ORT_CALL(index, result, ...) ((result(*)(__VA_ARGS__))api->slot[index])
#define ORT_FUNCTION static inline OrtStatus *

static inline const char *ort_error_message(const OrtApi *api, const OrtStatus *status) {
  return ORT_CALL(2, const char *, const OrtStatus *)(status);
}
ORT_FUNCTION ort_create_env(const OrtApi *api, int level, const char *name, OrtEnv **out) {
  return ORT_CALL(3, OrtStatus *, int, const char *, OrtEnv **)(level, name, out);
}
ORT_FUNCTION ort_create_session(const OrtApi *api, const OrtEnv *env, const void *bytes, size_t length,
                                const OrtSessionOptions *options, OrtSession **out) {
  return ORT_CALL(8, OrtStatus *, const OrtEnv *, const void *, size_t, const OrtSessionOptions *,
                  OrtSession **)(env, bytes, length, options, out);
}
ORT_FUNCTION ort_run(const OrtApi *api, OrtSession *session, const char *const *input_names,
                     const OrtValue *const *inputs, size_t input_count, const char *const *output_names,
                     size_t output_count, OrtValue **outputs) {
  return ORT_CALL(9, OrtStatus *, OrtSession *, const void *, const char *const *, const OrtValue *const *,
                  size_t, const char *const *, size_t, OrtValue **)(
      session, NULL, input_names, inputs, input_count, output_names, output_count, outputs);
}
ORT_FUNCTION ort_create_options(const OrtApi *api, OrtSessionOptions **out) {
  return ORT_CALL(10, OrtStatus *, OrtSessionOptions **)(out);
}
ORT_FUNCTION ort_set_log_level(const OrtApi *api, OrtSessionOptions *options, int level) {
  return ORT_CALL(22, OrtStatus *, OrtSessionOptions *, int)(options, level);
}
ORT_FUNCTION ort_set_intra_threads(const OrtApi *api, OrtSessionOptions *options, int threads) {
  return ORT_CALL(24, OrtStatus *, OrtSessionOptions *, int)(options, threads);
}
ORT_FUNCTION ort_set_inter_threads(const OrtApi *api, OrtSessionOptions *options, int threads) {
  return ORT_CALL(25, OrtStatus *, OrtSessionOptions *, int)(options, threads);
}
ORT_FUNCTION ort_input_count(const OrtApi *api, const OrtSession *session, size_t *out) {
  return ORT_CALL(30, OrtStatus *, const OrtSession *, size_t *)(session, out);
}
ORT_FUNCTION ort_output_count(const OrtApi *api, const OrtSession *session, size_t *out) {
  return ORT_CALL(31, OrtStatus *, const OrtSession *, size_t *)(session, out);
}
ORT_FUNCTION ort_input_type(const OrtApi *api, const OrtSession *session, size_t index, OrtTypeInfo **out) {
  return ORT_CALL(33, OrtStatus *, const OrtSession *, size_t, OrtTypeInfo **)(session, index, out);
}
ORT_FUNCTION ort_output_type(const OrtApi *api, const OrtSession *session, size_t index, OrtTypeInfo **out) {
  return ORT_CALL(34, OrtStatus *, const OrtSession *, size_t, OrtTypeInfo **)(session, index, out);
}
ORT_FUNCTION ort_input_name(const OrtApi *api, const OrtSession *session, size_t index,
                            OrtAllocator *allocator, char **out) {
  return ORT_CALL(36, OrtStatus *, const OrtSession *, size_t, OrtAllocator *, char **)(
      session, index, allocator, out);
}
ORT_FUNCTION ort_output_name(const OrtApi *api, const OrtSession *session, size_t index,
                             OrtAllocator *allocator, char **out) {
  return ORT_CALL(37, OrtStatus *, const OrtSession *, size_t, OrtAllocator *, char **)(
      session, index, allocator, out);
}
ORT_FUNCTION ort_create_tensor(const OrtApi *api, OrtAllocator *allocator, const int64_t *shape,
                               size_t rank, int element, OrtValue **out) {
  return ORT_CALL(48, OrtStatus *, OrtAllocator *, const int64_t *, size_t, int, OrtValue **)(
      allocator, shape, rank, element, out);
}
ORT_FUNCTION ort_tensor_data(const OrtApi *api, OrtValue *value, void **out) {
  return ORT_CALL(51, OrtStatus *, OrtValue *, void **)(value, out);
}
ORT_FUNCTION ort_fill_strings(const OrtApi *api, OrtValue *value, const char *const *texts, size_t count) {
  return ORT_CALL(52, OrtStatus *, OrtValue *, const char *const *, size_t)(value, texts, count);
}
ORT_FUNCTION ort_strings_length(const OrtApi *api, const OrtValue *value, size_t *out) {
  return ORT_CALL(53, OrtStatus *, const OrtValue *, size_t *)(value, out);
}
ORT_FUNCTION ort_strings(const OrtApi *api, const OrtValue *value, void *bytes, size_t length,
                         size_t *offsets, size_t count) {
  return ORT_CALL(54, OrtStatus *, const OrtValue *, void *, size_t, size_t *, size_t)(
      value, bytes, length, offsets, count);
}
ORT_FUNCTION ort_as_tensor(const OrtApi *api, const OrtTypeInfo *type, const OrtTensorInfo **out) {
  return ORT_CALL(55, OrtStatus *, const OrtTypeInfo *, const OrtTensorInfo **)(type, out);
}
ORT_FUNCTION ort_type_kind(const OrtApi *api, const OrtTypeInfo *type, int *out) {
  return ORT_CALL(56, OrtStatus *, const OrtTypeInfo *, int *)(type, out);
}
ORT_FUNCTION ort_element_type(const OrtApi *api, const OrtTensorInfo *info, int *out) {
  return ORT_CALL(60, OrtStatus *, const OrtTensorInfo *, int *)(info, out);
}
ORT_FUNCTION ort_rank(const OrtApi *api, const OrtTensorInfo *info, size_t *out) {
  return ORT_CALL(61, OrtStatus *, const OrtTensorInfo *, size_t *)(info, out);
}
ORT_FUNCTION ort_dimensions(const OrtApi *api, const OrtTensorInfo *info, int64_t *out, size_t rank) {
  return ORT_CALL(62, OrtStatus *, const OrtTensorInfo *, int64_t *, size_t)(info, out, rank);
}
ORT_FUNCTION ort_tensor_info(const OrtApi *api, const OrtValue *value, OrtTensorInfo **out) {
  return ORT_CALL(65, OrtStatus *, const OrtValue *, OrtTensorInfo **)(value, out);
}
ORT_FUNCTION ort_value_kind(const OrtApi *api, const OrtValue *value, int *out) {
  return ORT_CALL(67, OrtStatus *, const OrtValue *, int *)(value, out);
}
ORT_FUNCTION ort_free(const OrtApi *api, OrtAllocator *allocator, void *memory) {
  return ORT_CALL(76, OrtStatus *, OrtAllocator *, void *)(allocator, memory);
}
ORT_FUNCTION ort_default_allocator(const OrtApi *api, OrtAllocator **out) {
  return ORT_CALL(78, OrtStatus *, OrtAllocator **)(out);
}
ORT_FUNCTION ort_element(const OrtApi *api, const OrtValue *value, int index, OrtAllocator *allocator,
                         OrtValue **out) {
  return ORT_CALL(80, OrtStatus *, const OrtValue *, int, OrtAllocator *, OrtValue **)(
      value, index, allocator, out);
}
ORT_FUNCTION ort_length(const OrtApi *api, const OrtValue *value, size_t *out) {
  return ORT_CALL(81, OrtStatus *, const OrtValue *, size_t *)(value, out);
}
ORT_FUNCTION ort_as_sequence(const OrtApi *api, const OrtTypeInfo *type, const OrtSequenceInfo **out) {
  return ORT_CALL(104, OrtStatus *, const OrtTypeInfo *, const OrtSequenceInfo **)(type, out);
}
ORT_FUNCTION ort_sequence_element(const OrtApi *api, const OrtSequenceInfo *info, OrtTypeInfo **out) {
  return ORT_CALL(107, OrtStatus *, const OrtSequenceInfo *, OrtTypeInfo **)(info, out);
}
static inline void ort_release_env(const OrtApi *api, OrtEnv *value) {
  ORT_CALL(92, void, OrtEnv *)(value);
}
static inline void ort_release_status(const OrtApi *api, OrtStatus *value) {
  ORT_CALL(93, void, OrtStatus *)(value);
}
static inline void ort_release_session(const OrtApi *api, OrtSession *value) {
  ORT_CALL(95, void, OrtSession *)(value);
}
static inline void ort_release_value(const OrtApi *api, OrtValue *value) {
  ORT_CALL(96, void, OrtValue *)(value);
}
static inline void ort_release_type(const OrtApi *api, OrtTypeInfo *value) {
  ORT_CALL(98, void, OrtTypeInfo *)(value);
}
static inline void ort_release_tensor_info(const OrtApi *api, OrtTensorInfo *value) {
  ORT_CALL(99, void, OrtTensorInfo *)(value);
}
static inline void ort_release_options(const OrtApi *api, OrtSessionOptions *value) {
  ORT_CALL(100, void, OrtSessionOptions *)(value);
}

#undef ORT_CALL
#undef ORT_FUNCTION
