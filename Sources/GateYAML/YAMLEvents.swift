internal import CYAML
import GateCore

/// One thing libyaml saw, with the place where it starts.
struct YAMLEvent {
  /// What was seen; `end` closes a sequence or mapping.
  enum Kind {
    case scalar(text: String, quoted: Bool)
    case sequence
    case mapping
    case alias(String)
    case end
    case document
    case documentEnd
    case streamEnd
  }

  let kind: Kind
  let anchor: String?
  let tag: String?
  let mark: Mark
}

/// libyaml's parser over bytes it owns; reads one event at a time, so that a cap stops it early.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let source: Source

  /// `bytes` are valid UTF-8 without a byte order mark.
  init(_ bytes: [UInt8], source: Source) throws(Diagnostic) {
    self.source = source
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(1, bytes.count))
    _ = input.initialize(from: bytes)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.initialize(to: yaml_parser_t())
      throw Diagnostic("out of memory while reading '\(source.name)'")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; throws what libyaml holds against the text.
  func next() throws(Diagnostic) -> YAMLEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
      defer { yaml_event_delete(&event) }
      if let seen = translate(event) { return seen }
    }
  }

  /// The event in Swift's own values; nil for the one that only opens the stream.
  private func translate(_ event: yaml_event_t) -> YAMLEvent? {
    let kind: YAMLEvent.Kind
    var anchor: String?
    var tag: String?
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(
        text: String(decoding: bytes, as: UTF8.self),
        quoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
      (anchor, tag) = (text(scalar.anchor), text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequence
      (anchor, tag) = (text(event.data.sequence_start.anchor), text(event.data.sequence_start.tag))
    case YAML_MAPPING_START_EVENT:
      kind = .mapping
      (anchor, tag) = (text(event.data.mapping_start.anchor), text(event.data.mapping_start.tag))
    case YAML_ALIAS_EVENT: kind = .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .end
    case YAML_DOCUMENT_START_EVENT: kind = .document
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_STREAM_START_EVENT: return nil
    default: kind = .streamEnd
    }
    return YAMLEvent(kind: kind, anchor: anchor, tag: tag, mark: mark(event.start_mark))
  }

  /// A C string of libyaml's, copied.
  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  /// libyaml's place, counted from 1.
  private func mark(_ mark: yaml_mark_t) -> Mark {
    Mark(source: source, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// libyaml's error: its words, where the thing began that it broke, and what usually helps.
  private func problem() -> Diagnostic {
    let state = parser.pointee
    if state.error == YAML_MEMORY_ERROR {
      return Diagnostic("out of memory while reading '\(source.name)'")
    }
    let words = state.problem.map { String(cString: $0) } ?? "it cannot be read"
    var message = "this is not YAML: \(words)"
    if let context = state.context.map({ String(cString: $0) }) {
      message += " \(context)"
      if state.context_mark.line != state.problem_mark.line {
        message += " that begins on line \(state.context_mark.line + 1)"
      }
    }
    let place = mark(state.problem_mark)
    return Diagnostic(message, at: place, hint: dashHint(before: place) ?? Self.hint(for: words))
  }

  /// What to do where the line of a mistake, or the one before it, has a dash without a blank: '-gate: schema'.
  private func dashHint(before place: Mark) -> String? {
    for line in [place.line - 1, place.line] where source.lines.indices.contains(line - 1) {
      let text = source.lines[line - 1].drop { $0 == " " }
      guard text.first == "-", let next = text.dropFirst().first, next.isLetter else { continue }
      return "write a blank behind the dash in line \(line): '- \(text.dropFirst().prefix(40))'"
    }
    return nil
  }

  /// What to do about the mistakes people make most.
  private static func hint(for problem: String) -> String? {
    let hints = [
      (
        "mapping values are not allowed",
        "put a value that holds ': ' in quotes, or correct the indentation"
      ),
      (
        "did not find expected key",
        "line this key up with the others, or close the quote before it"
      ),
      ("did not find expected '-' indicator", "line the '-' up with the others of the list"),
      ("did not find expected ',' or", "close the bracket, or put a comma between the entries"),
      ("could not find expected ':'", "put ': ' with a space between a key and its value"),
      (
        "cannot start any token",
        "indent with spaces, and put values that start with '@', '`' or '%' in quotes"
      ),
      ("tab character", "indent with spaces"),
      ("unexpected end of stream", "close the quote"),
      ("unexpected document indicator", "close the quote"),
      ("unknown escape character", "use '…' quotes, in which a backslash is itself"),
      ("block sequence entries are not allowed", "start the list on a line of its own"),
      (
        "expected alphabetic or numeric character",
        "put a value that starts with '*' or '&' in quotes"
      ),
      ("undefined tag handle", "take the tag away, or put a value that starts with '!' in quotes"),
    ]
    return hints.first { problem.contains($0.0) }?.1
  }
}
