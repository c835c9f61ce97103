#pragma once
#include <stdint.h>

// The functions of LightGBM's C API (4.x) that Gatewright calls, as types: the library is opened at run time.

typedef const char *(*LGBM_GetLastError)(void);
typedef int (*LGBM_RegisterLogCallback)(void (*callback)(const char *));
typedef int (*LGBM_BoosterLoadModelFromString)(const char *text, int *iterations, void **booster);
typedef int (*LGBM_BoosterFree)(void *booster);
typedef int (*LGBM_BoosterFeatureImportance)(void *booster, int iterations, int type, double *result);
typedef int (*LGBM_BoosterGetNumFeature)(void *booster, int *count);
typedef int (*LGBM_BoosterGetCurrentIteration)(void *booster, int *iterations);
typedef int (*LGBM_BoosterGetNumClasses)(void *booster, int *count);
typedef int (*LGBM_BoosterCalcNumPredict)(void *booster, int rows, int type, int start, int iterations,
                                          int64_t *count);
typedef int (*LGBM_BoosterPredictForMat)(void *booster, const void *data, int data_type, int32_t rows,
                                         int32_t columns, int row_major, int type, int start,
                                         int iterations, const char *parameters, int64_t *count,
                                         double *result);
typedef int (*LGBM_DatasetCreateFromMat)(const void *data, int data_type, int32_t rows, int32_t columns,
                                         int row_major, const char *parameters, void *reference,
                                         void **dataset);
typedef int (*LGBM_DatasetSetField)(void *dataset, const char *field, const void *data, int count,
                                    int data_type);
typedef int (*LGBM_DatasetFree)(void *dataset);
typedef int (*LGBM_BoosterCreate)(void *dataset, const char *parameters, void **booster);
typedef int (*LGBM_BoosterUpdateOneIter)(void *booster, int *finished);
