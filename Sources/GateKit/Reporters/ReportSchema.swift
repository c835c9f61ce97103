package import GateCore

extension Report {
  /// The JSON Schema (2020-12) of the record; the committed page is written from it.
  package static let jsonSchema: JSON = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Gatewright report",
    "description": "The record of a run: what was judged, on what, and what came of it.",
    "type": "object",
    "properties": .object([
      member("schema", ["const": .string(schema)]),
      member("tool", "what wrote the record", toolSchema),
      member(
        "verdict", "what the blocking checks come to", choice(Verdict.allCases.map(\.rawValue))),
      member(
        "exit_code", "the status the program exits with",
        ["enum": [0, 1, 2, 3, 70, 75]]),
      member("manifest", manifestSchema),
      member(
        "models", "by role; a model that could not be found is left out",
        [
          "type": "object",
          "properties": .object(Role.allCases.map { JSON.Member($0.rawValue, modelSchema) }),
          "additionalProperties": false,
        ]),
      member(
        "data", "by table: holdout, reference, current",
        ["type": "object", "additionalProperties": dataSchema]),
      member("checks", "in manifest order", ["type": "array", "items": checkSchema]),
      member(
        "error_control", "a family of limits whose error is controlled; left out without any",
        ["type": "array", "items": multipleTestingSchema]),
      member("timings", "left out with --no-timings", timingsSchema),
    ]),
    "required": [
      "schema", "tool", "verdict", "exit_code", "manifest", "models", "data", "checks",
    ],
    "additionalProperties": false,
  ]

  /// A program and its version.
  private static let toolSchema = record([
    member("name", text), member("version", text),
  ])

  /// The manifest that was judged by.
  private static let manifestSchema = record(
    [
      member("name", "the manifest's own name", text), member("path", text),
      member("sha256", hash(orNull: false)),
      member(
        "source",
        record([
          member("kind", choice(["worktree", "git"])),
          member("commit", "HEAD's commit id; null outside of a repository", textOrNull),
          member(
            "dirty", "whether tracked files differ from that commit",
            ["type": ["boolean", "null"]]),
        ])),
    ],
    optional: [
      member(
        "files",
        "the files that the manifest names and that say what is judged: schemas; left out where it names none",
        ["type": "array", "items": fileSchema])
    ])

  /// One file as it was judged.
  private static let fileSchema = record([
    member("path", "from the manifest's folder where it stands in it", text),
    member("bytes", ["type": "integer", "minimum": 0]),
    member("sha256", hash(orNull: false)),
  ])

  /// One of the two models.
  private static let modelSchema = record(
    [
      member("uri", "as the manifest has it", text), member("sha256", hash(orNull: true)),
      member("bytes", count),
      member(
        "runtime", "null when the model could not be scored",
        ["anyOf": [toolSchema, ["type": "null"]]]),
      member(
        "provenance", "what the source knows: git, dvc, mlflow",
        ["type": "object", "additionalProperties": text]),
    ],
    optional: [
      member(
        "scoring",
        "how the answers were come by, left out where there is nothing to say: iterations, which column of the "
          + "answer is which of the classes, the link, the scorer ('trees', or 'library' and why), and by 'unseen/<input>' what the model had never seen",
        ["type": "object", "additionalProperties": text])
    ])

  /// One table.
  private static let dataSchema = record([
    member("uri", "as the manifest has it", text), member("sha256", hash(orNull: true)),
    member("rows", count), member("columns", count),
    member("left_out", "names that its folder or glob left out", count),
    member(
      "files", "in row order; null when they were not found",
      [
        "type": ["array", "null"],
        "items": fileSchema,
      ]),
  ])

  /// One thing judged.
  private static let checkSchema = record([
    member("id", "the same from run to run", ["type": "string", "minLength": 1]),
    member("gate", "the gate's id", ["type": "string", "minLength": 1]),
    member("outcome", choice(Outcome.allCases.map(\.rawValue))),
    member("blocking", "whether it can change the verdict", ["type": "boolean"]),
    member("message", "one sentence", text), member("metric", textOrNull),
    member(
      "model", "null: both, or neither",
      ["enum": .array(Role.allCases.map { .string($0.rawValue) } + [.null])]),
    member(
      "slice", "values by column, null for a missing one; null: all rows",
      ["type": ["object", "null"], "additionalProperties": textOrNull]),
    member("value", "null: there is none, or it is not finite", number),
    member("champion", "the champion's value", number),
    member("difference", "candidate minus champion", number), member("n", "rows", count),
    member(
      "interval",
      [
        "anyOf": [
          record([
            member("low", number), member("high", number), member("level", number),
            member("method", text),
            member(
              "of", "the candidate's value, or its difference to the champion's",
              choice(ConfidenceInterval.Subject.allCases.map(\.rawValue))),
          ]),
          ["type": "null"],
        ]
      ]),
    member(
      "limit", "as written, by its key",
      ["type": ["object", "null"], "additionalProperties": number]),
    member(
      "location", "where it stands in the manifest",
      [
        "anyOf": [
          record([
            member("file", text), member("line", ["type": "integer", "minimum": 1]),
            member("column", ["type": "integer", "minimum": 1]),
          ]),
          ["type": "null"],
        ]
      ]),
    member("evidence", "what a person needs to act on it", ["type": "object"]),
  ])

  /// The statements of one family.
  private static let multipleTestingSchema = record([
    member("family", "the gate's id, or 'manifest'", ["type": "string", "minLength": 1]),
    member("method", choice(ErrorControl.allCases.map(\.rawValue))),
    member(
      "tests", "every limit of the family that was judged with confidence",
      [
        "type": "array",
        "items": record([
          member("check", "the check's id", text), member("limit", "its key, as written", text),
          member(
            "statement", "of the bound",
            choice(MultipleTestingReport.Claim.allCases.map(\.rawValue))),
          member("p_value", "one-sided, of the statement", share),
          member("adjusted_p_value", "corrected for the number of statements", share),
          member("level", "(1 - confidence) / 2", share),
          member("decided", "whether the statement stands", ["type": "boolean"]),
        ]),
      ]),
  ])

  /// The one section that differs from run to run.
  private static let timingsSchema = record([
    member("started", "ISO 8601, UTC", text),
    member(
      "seconds", "wall time by step, in order",
      [
        "type": "array",
        "items": record([
          member("step", text), member("seconds", ["type": ["number", "null"], "minimum": 0]),
        ]),
      ]),
    member(
      "gates", "wall time by gate, in order: parts of the step 'judge'",
      [
        "type": "array",
        "items": record([
          member("gate", text), member("seconds", ["type": ["number", "null"], "minimum": 0]),
        ]),
      ]),
  ])

  /// Any text.
  private static let text: JSON = ["type": "string"]
  /// Any text, or nothing.
  private static let textOrNull: JSON = ["type": ["string", "null"]]
  /// A number; null where it is missing or not finite.
  private static let number: JSON = ["type": ["number", "null"]]
  /// A number in 0...1.
  private static let share: JSON = ["type": ["number", "integer"], "minimum": 0, "maximum": 1]
  /// A count, or nothing.
  private static let count: JSON = ["type": ["integer", "null"], "minimum": 0]

  /// A SHA-256 in lower-case hexadecimal.
  private static func hash(orNull: Bool) -> JSON {
    [
      "type": orNull ? ["string", "null"] : "string",
      "pattern": "^[0-9a-f]{64}$",
    ]
  }

  /// One of these words.
  private static func choice(_ words: [String]) -> JSON { ["enum": .array(words.map(JSON.string))] }

  /// A member with its description before the other keywords.
  private static func member(_ key: String, _ description: String, _ schema: JSON) -> JSON.Member {
    guard case .object(let members) = schema else { return .init(key, schema) }
    return .init(key, .object([.init("description", .string(description))] + members))
  }

  /// A member that needs no description.
  private static func member(_ key: String, _ schema: JSON) -> JSON.Member { .init(key, schema) }

  /// An object that has all of these members, may have the optional ones, and has no other.
  private static func record(_ members: [JSON.Member], optional: [JSON.Member] = []) -> JSON {
    [
      "type": "object", "properties": .object(members + optional),
      "required": .array(members.map { .string($0.key) }), "additionalProperties": false,
    ]
  }
}
