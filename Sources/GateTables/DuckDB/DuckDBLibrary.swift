internal import CDuckDB
import GateCore
import GateSystem

/// DuckDB's C functions, each under its C name without the prefix.
struct DuckDBLibrary: Sendable {
  let libraryVersion: duckdb_library_version_fn
  let release: duckdb_free_fn
  let createConfig: duckdb_create_config_fn
  let setConfig: duckdb_set_config_fn
  let destroyConfig: duckdb_destroy_config_fn
  let open: duckdb_open_ext_fn
  let close: duckdb_close_fn
  let connect: duckdb_connect_fn
  let disconnect: duckdb_disconnect_fn
  let interrupt: duckdb_interrupt_fn
  let query: duckdb_query_fn
  let destroyResult: duckdb_destroy_result_fn
  let resultError: duckdb_result_error_fn
  let columnName: duckdb_column_name_fn
  let columnCount: duckdb_column_count_fn
  let columnLogicalType: duckdb_column_logical_type_fn
  let fetchChunk: duckdb_fetch_chunk_fn
  let statements: DuckDBStatementFunctions
  let typeId: duckdb_get_type_id_fn
  let decimalScale: duckdb_decimal_scale_fn
  let decimalInternalType: duckdb_decimal_internal_type_fn
  let destroyLogicalType: duckdb_destroy_logical_type_fn
  let dataChunkGetSize: duckdb_data_chunk_get_size_fn
  let dataChunkGetVector: duckdb_data_chunk_get_vector_fn
  let destroyDataChunk: duckdb_destroy_data_chunk_fn
  let vectorGetData: duckdb_vector_get_data_fn
  let vectorGetValidity: duckdb_vector_get_validity_fn
  let arrowScan: duckdb_arrow_scan_fn
  let appending: DuckDBAppending

  /// DuckDB as found on this machine.
  static func load() throws(Diagnostic) -> DuckDBLibrary {
    try DuckDBLibrary(SharedLibrary.open("DuckDB", fileNames: ["libduckdb.so"]))
  }

  /// What the library calls itself: `v2.0.0`.
  var version: String { libraryVersion().map { String(cString: $0) } ?? "unknown" }

  /// Every function, or the first that is missing.
  init(_ library: SharedLibrary) throws(Diagnostic) {
    libraryVersion = try library.symbol(
      "duckdb_library_version", as: duckdb_library_version_fn.self)
    release = try library.symbol("duckdb_free", as: duckdb_free_fn.self)
    createConfig = try library.symbol("duckdb_create_config", as: duckdb_create_config_fn.self)
    setConfig = try library.symbol("duckdb_set_config", as: duckdb_set_config_fn.self)
    destroyConfig = try library.symbol("duckdb_destroy_config", as: duckdb_destroy_config_fn.self)
    open = try library.symbol("duckdb_open_ext", as: duckdb_open_ext_fn.self)
    close = try library.symbol("duckdb_close", as: duckdb_close_fn.self)
    connect = try library.symbol("duckdb_connect", as: duckdb_connect_fn.self)
    disconnect = try library.symbol("duckdb_disconnect", as: duckdb_disconnect_fn.self)
    interrupt = try library.symbol("duckdb_interrupt", as: duckdb_interrupt_fn.self)
    query = try library.symbol("duckdb_query", as: duckdb_query_fn.self)
    destroyResult = try library.symbol("duckdb_destroy_result", as: duckdb_destroy_result_fn.self)
    resultError = try library.symbol("duckdb_result_error", as: duckdb_result_error_fn.self)
    columnName = try library.symbol("duckdb_column_name", as: duckdb_column_name_fn.self)
    columnCount = try library.symbol("duckdb_column_count", as: duckdb_column_count_fn.self)
    columnLogicalType = try library.symbol(
      "duckdb_column_logical_type", as: duckdb_column_logical_type_fn.self)
    fetchChunk = try library.symbol("duckdb_fetch_chunk", as: duckdb_fetch_chunk_fn.self)
    statements = try DuckDBStatementFunctions(library)
    typeId = try library.symbol("duckdb_get_type_id", as: duckdb_get_type_id_fn.self)
    decimalScale = try library.symbol("duckdb_decimal_scale", as: duckdb_decimal_scale_fn.self)
    decimalInternalType = try library.symbol(
      "duckdb_decimal_internal_type", as: duckdb_decimal_internal_type_fn.self)
    destroyLogicalType = try library.symbol(
      "duckdb_destroy_logical_type", as: duckdb_destroy_logical_type_fn.self)
    dataChunkGetSize = try library.symbol(
      "duckdb_data_chunk_get_size", as: duckdb_data_chunk_get_size_fn.self)
    dataChunkGetVector = try library.symbol(
      "duckdb_data_chunk_get_vector", as: duckdb_data_chunk_get_vector_fn.self)
    destroyDataChunk = try library.symbol(
      "duckdb_destroy_data_chunk", as: duckdb_destroy_data_chunk_fn.self)
    vectorGetData = try library.symbol(
      "duckdb_vector_get_data", as: duckdb_vector_get_data_fn.self)
    vectorGetValidity = try library.symbol(
      "duckdb_vector_get_validity", as: duckdb_vector_get_validity_fn.self)
    arrowScan = try library.symbol("duckdb_arrow_scan", as: duckdb_arrow_scan_fn.self)
    appending = try DuckDBAppending(library)
  }
}

/// DuckDB's C functions that take SQL apart into statements, prepare and run them.
struct DuckDBStatementFunctions: Sendable {
  let extractStatements: duckdb_extract_statements_fn
  let extractStatementsError: duckdb_extract_statements_error_fn
  let destroyExtracted: duckdb_destroy_extracted_fn
  let prepareExtractedStatement: duckdb_prepare_extracted_statement_fn
  let prepareError: duckdb_prepare_error_fn
  let destroyPrepare: duckdb_destroy_prepare_fn
  let preparedStatementType: duckdb_prepared_statement_type_fn
  let nparams: duckdb_nparams_fn
  let preparedStatementColumnCount: duckdb_prepared_statement_column_count_fn
  let preparedStatementColumnName: duckdb_prepared_statement_column_name_fn
  let preparedStatementColumnType: duckdb_prepared_statement_column_type_fn
  let pendingPreparedStreaming: duckdb_pending_prepared_streaming_fn
  let pendingError: duckdb_pending_error_fn
  let executePending: duckdb_execute_pending_fn
  let destroyPending: duckdb_destroy_pending_fn

  /// Every function, or the first that is missing.
  init(_ library: SharedLibrary) throws(Diagnostic) {
    extractStatements = try library.symbol(
      "duckdb_extract_statements", as: duckdb_extract_statements_fn.self)
    extractStatementsError = try library.symbol(
      "duckdb_extract_statements_error", as: duckdb_extract_statements_error_fn.self)
    destroyExtracted = try library.symbol(
      "duckdb_destroy_extracted", as: duckdb_destroy_extracted_fn.self)
    prepareExtractedStatement = try library.symbol(
      "duckdb_prepare_extracted_statement", as: duckdb_prepare_extracted_statement_fn.self)
    prepareError = try library.symbol("duckdb_prepare_error", as: duckdb_prepare_error_fn.self)
    destroyPrepare = try library.symbol(
      "duckdb_destroy_prepare", as: duckdb_destroy_prepare_fn.self)
    preparedStatementType = try library.symbol(
      "duckdb_prepared_statement_type", as: duckdb_prepared_statement_type_fn.self)
    nparams = try library.symbol("duckdb_nparams", as: duckdb_nparams_fn.self)
    preparedStatementColumnCount = try library.symbol(
      "duckdb_prepared_statement_column_count", as: duckdb_prepared_statement_column_count_fn.self)
    preparedStatementColumnName = try library.symbol(
      "duckdb_prepared_statement_column_name", as: duckdb_prepared_statement_column_name_fn.self)
    preparedStatementColumnType = try library.symbol(
      "duckdb_prepared_statement_column_type", as: duckdb_prepared_statement_column_type_fn.self)
    pendingPreparedStreaming = try library.symbol(
      "duckdb_pending_prepared_streaming", as: duckdb_pending_prepared_streaming_fn.self)
    pendingError = try library.symbol("duckdb_pending_error", as: duckdb_pending_error_fn.self)
    executePending = try library.symbol(
      "duckdb_execute_pending", as: duckdb_execute_pending_fn.self)
    destroyPending = try library.symbol(
      "duckdb_destroy_pending", as: duckdb_destroy_pending_fn.self)
  }
}
