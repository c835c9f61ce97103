import GateCore

/// Every kind of check a schema may ask; a new one is a line here.
package enum SchemaChecks {
  /// In the order of the reference.
  package static let all: [SchemaCheck] = columns + tables + hygiene

  /// Of one column.
  package static let columns: [SchemaCheck] = [
    SchemaCheck.between,
    SchemaCheck.cardinality,
    SchemaCheck.castable,
    SchemaCheck.columnCondition,
    SchemaCheck.contains,
    SchemaCheck.decreasing,
    SchemaCheck.distinctContainSet,
    SchemaCheck.distinctCount,
    SchemaCheck.distinctEqualSet,
    SchemaCheck.distinctInSet,
    SchemaCheck.distinctShare,
    SchemaCheck.endsWith,
    SchemaCheck.equalTo,
    SchemaCheck.foreignKey,
    SchemaCheck.format,
    SchemaCheck.freshness,
    SchemaCheck.greaterThan,
    SchemaCheck.inSet,
    SchemaCheck.increasing,
    SchemaCheck.infinityNorm,
    SchemaCheck.isNull,
    SchemaCheck.jsonSchema,
    SchemaCheck.klDivergence,
    SchemaCheck.length,
    SchemaCheck.lessThan,
    SchemaCheck.like,
    SchemaCheck.maxLength,
    SchemaCheck.maximum,
    SchemaCheck.mean,
    SchemaCheck.meanLength,
    SchemaCheck.median,
    SchemaCheck.minLength,
    SchemaCheck.minimum,
    SchemaCheck.mostCommon,
    SchemaCheck.noNewCategories,
    SchemaCheck.nonNullCount,
    SchemaCheck.nonNullShare,
    SchemaCheck.normalizedAbsDifference,
    SchemaCheck.notEqualTo,
    SchemaCheck.notInSet,
    SchemaCheck.notLike,
    SchemaCheck.notNull,
    SchemaCheck.notOutliers,
    SchemaCheck.notRegex,
    SchemaCheck.nullCount,
    SchemaCheck.nullShare,
    SchemaCheck.nullShareChange,
    SchemaCheck.ofType,
    SchemaCheck.pairInSet,
    SchemaCheck.columnAt,
    SchemaCheck.quantile,
    SchemaCheck.regex,
    SchemaCheck.startsWith,
    SchemaCheck.stdev,
    SchemaCheck.strftime,
    SchemaCheck.sum,
    SchemaCheck.unique,
    SchemaCheck.variance,
    SchemaCheck.withinReferenceRange,
    SchemaCheck.zScore,
    SchemaCheck.zeroShare,
  ]

  /// Of the table as a whole.
  package static let tables: [SchemaCheck] = [
    SchemaCheck.aggregate,
    SchemaCheck.columnCount,
    SchemaCheck.columnsOrdered,
    SchemaCheck.columnsSet,
    SchemaCheck.compoundUnique,
    SchemaCheck.condition,
    SchemaCheck.equalColumns,
    SchemaCheck.noMissingColumns,
    SchemaCheck.noNewColumns,
    SchemaCheck.noRows,
    SchemaCheck.query,
    SchemaCheck.rowCount,
    SchemaCheck.rowCountEquals,
    SchemaCheck.rowCountRatio,
    SchemaCheck.sameOrder,
    SchemaCheck.sameTypes,
    SchemaCheck.sumOfColumns,
    SchemaCheck.uniqueWithinRow,
  ]

  /// Of the table: whether its data are clean, and apart from the reference.
  static let hygiene: [SchemaCheck] =
    HygieneSet.defaults.checks + [.leakageKey, .minRowsPerClass, .nearDuplicates]

  /// The check of that name.
  package static func named(_ id: String, _ subject: SchemaCheck.Subject) -> SchemaCheck? {
    all.first { $0.id == id && $0.subject == subject }
  }
}
