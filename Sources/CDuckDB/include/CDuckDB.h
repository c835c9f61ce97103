// The part of DuckDB's C API that is used, as declarations only: the library is opened at run
// time, and each `name_fn` is the type of the function `name` in it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t idx_t;

typedef enum DUCKDB_TYPE {
  DUCKDB_TYPE_INVALID = 0,
  DUCKDB_TYPE_BOOLEAN = 1,
  DUCKDB_TYPE_TINYINT = 2,
  DUCKDB_TYPE_SMALLINT = 3,
  DUCKDB_TYPE_INTEGER = 4,
  DUCKDB_TYPE_BIGINT = 5,
  DUCKDB_TYPE_UTINYINT = 6,
  DUCKDB_TYPE_USMALLINT = 7,
  DUCKDB_TYPE_UINTEGER = 8,
  DUCKDB_TYPE_UBIGINT = 9,
  DUCKDB_TYPE_FLOAT = 10,
  DUCKDB_TYPE_DOUBLE = 11,
  DUCKDB_TYPE_TIMESTAMP = 12,
  DUCKDB_TYPE_DATE = 13,
  DUCKDB_TYPE_HUGEINT = 16,
  DUCKDB_TYPE_VARCHAR = 17,
  DUCKDB_TYPE_DECIMAL = 19,
  DUCKDB_TYPE_TIMESTAMP_S = 20,
  DUCKDB_TYPE_TIMESTAMP_MS = 21,
  DUCKDB_TYPE_TIMESTAMP_NS = 22,
  DUCKDB_TYPE_TIMESTAMP_TZ = 31,
  DUCKDB_TYPE_UHUGEINT = 32,
} duckdb_type;

typedef enum duckdb_state { DuckDBSuccess = 0, DuckDBError = 1 } duckdb_state;

typedef enum duckdb_statement_type {
  DUCKDB_STATEMENT_TYPE_INVALID = 0,
  DUCKDB_STATEMENT_TYPE_SELECT = 1,
} duckdb_statement_type;

typedef struct {
  uint64_t lower;
  int64_t upper;
} duckdb_hugeint;

typedef struct {
  idx_t deprecated_column_count;
  idx_t deprecated_row_count;
  idx_t deprecated_rows_changed;
  void *deprecated_columns;
  char *deprecated_error_message;
  void *internal_data;
} duckdb_result;

typedef struct _duckdb_database *duckdb_database;
typedef struct _duckdb_connection *duckdb_connection;
typedef struct _duckdb_config *duckdb_config;
typedef struct _duckdb_prepared_statement *duckdb_prepared_statement;
typedef struct _duckdb_extracted_statements *duckdb_extracted_statements;
typedef struct _duckdb_pending_result *duckdb_pending_result;
typedef struct _duckdb_logical_type *duckdb_logical_type;
typedef struct _duckdb_data_chunk *duckdb_data_chunk;
typedef struct _duckdb_vector *duckdb_vector;
typedef struct _duckdb_appender *duckdb_appender;

typedef const char *(*duckdb_library_version_fn)(void);
typedef void (*duckdb_free_fn)(void *memory);

typedef duckdb_state (*duckdb_create_config_fn)(duckdb_config *config);
typedef duckdb_state (*duckdb_set_config_fn)(duckdb_config config, const char *name,
                                             const char *option);
typedef void (*duckdb_destroy_config_fn)(duckdb_config *config);
typedef duckdb_state (*duckdb_open_ext_fn)(const char *path, duckdb_database *database,
                                           duckdb_config config, char **error);
typedef void (*duckdb_close_fn)(duckdb_database *database);
typedef duckdb_state (*duckdb_connect_fn)(duckdb_database database, duckdb_connection *connection);
typedef void (*duckdb_disconnect_fn)(duckdb_connection *connection);
typedef void (*duckdb_interrupt_fn)(duckdb_connection connection);

typedef duckdb_state (*duckdb_query_fn)(duckdb_connection connection, const char *query,
                                        duckdb_result *result);
typedef void (*duckdb_destroy_result_fn)(duckdb_result *result);
typedef const char *(*duckdb_result_error_fn)(duckdb_result *result);
typedef const char *(*duckdb_column_name_fn)(duckdb_result *result, idx_t column);
typedef idx_t (*duckdb_column_count_fn)(duckdb_result *result);
typedef duckdb_logical_type (*duckdb_column_logical_type_fn)(duckdb_result *result, idx_t column);
typedef duckdb_data_chunk (*duckdb_fetch_chunk_fn)(duckdb_result result);

typedef idx_t (*duckdb_extract_statements_fn)(duckdb_connection connection, const char *query,
                                              duckdb_extracted_statements *statements);
typedef const char *(*duckdb_extract_statements_error_fn)(duckdb_extracted_statements statements);
typedef void (*duckdb_destroy_extracted_fn)(duckdb_extracted_statements *statements);
typedef duckdb_state (*duckdb_prepare_extracted_statement_fn)(
    duckdb_connection connection, duckdb_extracted_statements statements, idx_t index,
    duckdb_prepared_statement *statement);
typedef const char *(*duckdb_prepare_error_fn)(duckdb_prepared_statement statement);
typedef void (*duckdb_destroy_prepare_fn)(duckdb_prepared_statement *statement);
typedef duckdb_statement_type (*duckdb_prepared_statement_type_fn)(
    duckdb_prepared_statement statement);
typedef idx_t (*duckdb_nparams_fn)(duckdb_prepared_statement statement);
typedef idx_t (*duckdb_prepared_statement_column_count_fn)(duckdb_prepared_statement statement);
typedef char *(*duckdb_prepared_statement_column_name_fn)(duckdb_prepared_statement statement,
                                                          idx_t column);
typedef duckdb_type (*duckdb_prepared_statement_column_type_fn)(
    duckdb_prepared_statement statement, idx_t column);
typedef duckdb_state (*duckdb_pending_prepared_streaming_fn)(duckdb_prepared_statement statement,
                                                             duckdb_pending_result *pending);
typedef const char *(*duckdb_pending_error_fn)(duckdb_pending_result pending);
typedef duckdb_state (*duckdb_execute_pending_fn)(duckdb_pending_result pending,
                                                  duckdb_result *result);
typedef void (*duckdb_destroy_pending_fn)(duckdb_pending_result *pending);

typedef duckdb_type (*duckdb_get_type_id_fn)(duckdb_logical_type type);
typedef uint8_t (*duckdb_decimal_scale_fn)(duckdb_logical_type type);
typedef duckdb_type (*duckdb_decimal_internal_type_fn)(duckdb_logical_type type);
typedef void (*duckdb_destroy_logical_type_fn)(duckdb_logical_type *type);

// The stream is a `struct ArrowArrayStream *`.
typedef duckdb_state (*duckdb_arrow_scan_fn)(duckdb_connection connection, const char *table_name,
                                             void *stream);

typedef idx_t (*duckdb_data_chunk_get_size_fn)(duckdb_data_chunk chunk);
typedef duckdb_vector (*duckdb_data_chunk_get_vector_fn)(duckdb_data_chunk chunk, idx_t column);
typedef void (*duckdb_destroy_data_chunk_fn)(duckdb_data_chunk *chunk);
typedef void *(*duckdb_vector_get_data_fn)(duckdb_vector vector);
typedef uint64_t *(*duckdb_vector_get_validity_fn)(duckdb_vector vector);

typedef duckdb_state (*duckdb_appender_create_fn)(duckdb_connection connection, const char *schema,
                                                  const char *table, duckdb_appender *appender);
typedef duckdb_state (*duckdb_appender_destroy_fn)(duckdb_appender *appender);
typedef duckdb_state (*duckdb_append_data_chunk_fn)(duckdb_appender appender,
                                                    duckdb_data_chunk chunk);
typedef duckdb_logical_type (*duckdb_create_logical_type_fn)(duckdb_type type);
typedef duckdb_data_chunk (*duckdb_create_data_chunk_fn)(duckdb_logical_type *types, idx_t columns);
typedef void (*duckdb_data_chunk_reset_fn)(duckdb_data_chunk chunk);
typedef void (*duckdb_data_chunk_set_size_fn)(duckdb_data_chunk chunk, idx_t size);
typedef void (*duckdb_vector_ensure_validity_writable_fn)(duckdb_vector vector);
typedef void (*duckdb_vector_assign_string_element_len_fn)(duckdb_vector vector, idx_t row,
                                                           const char *text, idx_t length);
