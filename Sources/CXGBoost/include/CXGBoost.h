#pragma once
#include <stdint.h>

// The functions of XGBoost's C API (2.x, 3.x) that Gatewright calls, as types: the library is opened at run time.

typedef void (*XGBoostVersion)(int *major, int *minor, int *patch);
typedef const char *(*XGBGetLastError)(void);
typedef int (*XGBRegisterLogCallback)(void (*callback)(const char *));
typedef int (*XGBoosterCreate)(void *const *matrices, uint64_t count, void **booster);
typedef int (*XGBoosterFree)(void *booster);
typedef int (*XGBoosterSetParam)(void *booster, const char *name, const char *value);
typedef int (*XGBoosterLoadModelFromBuffer)(void *booster, const void *bytes, uint64_t length);
typedef int (*XGBoosterGetNumFeature)(void *booster, uint64_t *count);
typedef int (*XGBoosterGetStrFeatureInfo)(void *booster, const char *field, uint64_t *count,
                                          const char ***texts);
typedef int (*XGBoosterFeatureScore)(void *booster, const char *config, uint64_t *count,
                                     const char *const **names, uint64_t *dimensions,
                                     const uint64_t **shape, const float **scores);
typedef int (*XGDMatrixCreateFromDense)(const char *array, const char *config, void **matrix);
typedef int (*XGDMatrixFree)(void *matrix);
typedef int (*XGBoosterPredictFromDMatrix)(void *booster, void *matrix, const char *config,
                                           const uint64_t **shape, uint64_t *dimensions,
                                           const float **result);
typedef int (*XGBoosterGetAttr)(void *booster, const char *key, const char **value, int *found);
typedef int (*XGBoosterBoostedRounds)(void *booster, int *rounds);
typedef int (*XGBoosterSaveJsonConfig)(void *booster, uint64_t *length, const char **text);
// Since 3.1.
typedef int (*XGBoosterGetCategoriesExportToArrow)(void *booster, const char *config, void **categories,
                                                   const char **text);
typedef int (*XGBCategoriesFree)(void *categories);
