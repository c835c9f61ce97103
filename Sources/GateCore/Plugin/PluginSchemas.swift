/// The JSON Schemas (2020-12) of what goes between this program and a plugin's.
extension Plugin {
  /// Of a plugin's own file, whatever it gives.
  package static var jsonSchema: JSON {
    JSON.object([
      JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
      JSON.Member("title", "Gatewright plugin"),
      JSON.Member(
        "anyOf",
        .array(
          Kind.allCases.map { kind in
            .object([JSON.Member("title", .string(kind.file))] + shape(of: kind).members)
          })),
    ]).sharingSchemas
  }

  /// Of the request that a program reads on standard input.
  package static let requestSchema: JSON = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Gatewright plugin request",
    "type": "object",
    "properties": [
      "protocol": ["const": "gatewright/plugin@1"],
      "kind": ["enum": .array(Kind.allCases.map { .string($0.rawValue) })],
      "parameters": described(
        "what 'with' says, by parameter, defaults filled in; paths are those of copies",
        ["type": "object"]),
      "seed": described("for whatever the program draws", ["type": "integer"]),
      "models": described(
        "the models' files, to be read only",
        byRole([
          "type": "object",
          "properties": [
            "path": ["type": "string"], "uri": ["type": "string"], "sha256": ["type": "string"],
          ],
          "required": ["path", "uri", "sha256"],
          "additionalProperties": false,
        ])),
      "scratch": described("the one folder that may be written", ["type": "string"]),
      "tables": described(
        "a file of rows for each table",
        ["type": "object", "additionalProperties": ["type": "string"]]),
      "predictions": described("a file of answers for each model", byRole(["type": "string"])),
      "task": ["enum": .array(TaskKind.allCases.map { .string($0.rawValue) })],
      "classes": described("the names of the classes or labels, in order", texts),
      "not_features": described("columns that no model may take", texts),
      "thresholds": described(
        "from which score on a model decides for the positive class", byRole(["type": "number"])),
      "model": described(
        "which model is meant, of a metric and of a runtime",
        ["enum": .array(Role.allCases.map { .string($0.rawValue) })]),
      "features": described("the model's inputs in order, of a runtime", texts),
      "uri": described("what is asked for, of a source", ["type": "string"]),
    ],
    "required": [
      "protocol", "kind", "parameters", "seed", "models", "scratch", "tables", "predictions",
    ],
  ]

  private static let texts: JSON = ["type": "array", "items": ["type": "string"]]

  private static func described(_ summary: String, _ schema: JSON) -> JSON {
    guard case .object(let members) = schema else { return schema }
    return .object([JSON.Member("description", .string(summary))] + members)
  }

  /// An object of something for each model.
  private static func byRole(_ schema: JSON) -> JSON {
    [
      "type": "object",
      "properties": .object(Role.allCases.map { JSON.Member($0.rawValue, schema) }),
      "additionalProperties": false,
    ]
  }
}

extension PluginAnswer {
  /// Of the answer that a program writes: a gate's, a metric's of one figure, or any that names a file.
  package static let jsonSchema: JSON = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Gatewright plugin answer",
    "type": "object",
    "anyOf": [
      [
        "title": "of a gate",
        "properties": ["checks": checksSchema, "measurements": measurementsSchema],
        "anyOf": [
          ["required": ["checks"], "properties": ["checks": ["minItems": 1]]],
          ["required": ["measurements"], "properties": ["measurements": ["minProperties": 1]]],
        ],
        "additionalProperties": false,
      ],
      [
        "title": "of a metric that gives one figure",
        "properties": ["value": ["type": "number"]], "required": ["value"],
        "additionalProperties": false,
      ],
      [
        "title": "of a runtime, of a source, and of a metric that gives a figure a row",
        "properties": [
          "file": [
            "description": "the name of a file in the scratch folder", "type": "string",
            "pattern": "^[^/]+$",
          ],
          "version": ["description": "what ran the model", "type": "string"],
        ],
        "required": ["file"],
        "additionalProperties": false,
      ],
    ],
  ]

  private static let checksSchema: JSON = [
    "type": "array",
    "items": [
      "type": "object",
      "properties": [
        "id": [
          "description":
            "no other check of the answer has it; it comes to stand under the gate's id",
          "type": "string", "minLength": 1,
        ],
        "outcome": ["enum": ["passed", "failed", "inconclusive", "skipped"]],
        "message": ["description": "one sentence for a person", "type": "string"],
        "value": ["type": ["number", "null"]],
        "limit": [
          "type": ["number", "object", "null"],
          "additionalProperties": ["type": ["number", "null"]],
        ],
        "n": ["description": "how many rows it is of", "type": ["integer", "null"], "minimum": 0],
        "evidence": ["description": "what a person needs to act on it"],
      ],
      "required": ["id", "outcome", "message"],
      "additionalProperties": false,
    ],
  ]

  private static let measurementsSchema: JSON = [
    "description": "figures of the candidate, or of each model, by the names of gate.yaml",
    "type": "object",
    "additionalProperties": [
      "anyOf": [
        ["type": "number"],
        [
          "type": "object",
          "properties": [
            "candidate": ["type": "number"], "champion": ["type": ["number", "null"]],
          ],
          "required": ["candidate"],
          "additionalProperties": false,
        ],
      ]
    ],
  ]
}
