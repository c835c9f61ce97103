import GateCore

extension HTMLPage {
  /// A cell of a table.
  struct Cell {
    let text: String
    var style: String?
    var link: String?
    /// What is drawn in place of the text.
    var drawing: XML?

    init(_ text: String) { self.text = text }
    init(_ text: String, style: String) { (self.text, self.style) = (text, style) }
    init(_ text: String, link: String?) { (self.text, self.link) = (text, link) }
    init(number: String) { (text, style) = (number, "number") }

    fileprivate var xml: XML {
      let attributes = style.map { [(name: "class", value: $0)] } ?? []
      if let drawing { return XML("td", attributes, [drawing]) }
      return link.map { XML("td", attributes, [XML("a", [("href", $0)], text: text)]) }
        ?? XML("td", attributes, text: text)
    }
  }

  /// A part of the page under a heading.
  static func section(_ title: String, _ parts: [XML]) -> XML {
    XML("section", [], [XML("h2", text: title)] + parts)
  }

  /// A table that scrolls by itself where the screen is narrow.
  static func table(_ caption: String, _ titles: [String], _ rows: [[Cell]]) -> XML {
    let head = XML(
      "thead", [], [XML("tr", [], titles.map { XML("th", [("scope", "col")], text: $0) })])
    let body = XML("tbody", [], rows.map { XML("tr", [], $0.map(\.xml)) })
    return XML(
      "div", [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)],
      [XML("table", [], [XML("caption", text: caption), head, body])])
  }

  /// A sign that says the same without its colour.
  static func sign(_ outcome: Outcome) -> String {
    switch outcome {
    case .passed: "●"
    case .failed: "■"
    case .error: "✖"
    case .inconclusive: "▲"
    case .skipped: "○"
    case .waived: "◐"
    }
  }

  /// The same of a verdict.
  static func sign(_ verdict: Verdict) -> String {
    switch verdict {
    case .passed: "●"
    case .failed: "■"
    case .error: "✖"
    case .inconclusive: "▲"
    }
  }

  /// The place of a check on the page: its id in characters that every browser takes.
  static func anchor(_ check: Check) -> String { "check-" + plain(check.id) }

  /// A text in letters, digits and dashes that no other text has.
  static func plain(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "-\(byte)-"
    }.joined()
  }

  /// Colours of enough contrast on white, on black and on paper.
  static let style = """
    :root { color-scheme: light dark; --ink: #1a1a1a; --soft: #555; --paper: #fff; --line: #d0d0d0; --shade: #f4f4f4;
      --passed: #0b6b3a; --failed: #a4161a; --error: #7b2d8b; --inconclusive: #8a5a00; --skipped: #555; --waived: #1b5e9b; }
    @media (prefers-color-scheme: dark) { :root { --ink: #eaeaea; --soft: #b0b0b0; --paper: #161616; --line: #444;
      --shade: #222; --passed: #6fd69b; --failed: #ff8f8f; --error: #e3a6f0; --inconclusive: #ffc766; --skipped: #b0b0b0;
      --waived: #8fc4f5; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.7rem; margin: 0.2rem 0; } h2 { margin-top: 2rem; border-bottom: 1px solid var(--line); }
    h3 { font-size: 1rem; margin: 0; font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
    a { color: inherit; } .lead { font-size: 1.15rem; margin: 0.2rem 0; } .next { border-left: 4px solid; padding-left: 0.7rem; }
    .badge { display: inline-block; margin: 0; padding: 0.2rem 0.8rem; border: 2px solid; border-radius: 0.3rem;
      font-weight: 700; text-transform: uppercase; }
    .tag { margin: 0; font-weight: 600; } .passed { color: var(--passed); } .failed { color: var(--failed); }
    .error { color: var(--error); } .inconclusive { color: var(--inconclusive); } .skipped { color: var(--skipped); }
    .waived { color: var(--waived); }
    article { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.8rem; margin: 0.8rem 0; }
    article ul { margin: 0.4rem 0; padding-left: 1.2rem; color: var(--soft); font-size: 0.9rem; }
    pre { background: var(--shade); padding: 0.6rem; overflow: auto; max-height: 24rem; font-size: 0.85rem; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
    caption { text-align: left; color: var(--soft); padding: 0.3rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    th, td.date, td.passed, td.failed, td.error, td.inconclusive, td.skipped, td.waived { white-space: nowrap; }
    td { min-width: 7rem; max-width: 40rem; } td.number, td.date, td[class] { min-width: 0; }
    td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    summary { cursor: pointer; padding: 0.3rem 0; font-weight: 600; }
    svg { display: block; width: 100%; height: auto; } svg.spark { width: 10rem; } svg text { fill: var(--ink); font-size: 12px; }
    svg .soft { fill: var(--soft); } svg .axis { stroke: var(--line); } svg .limit { stroke: var(--ink); stroke-dasharray: 4 3; }
    svg .wrong { fill: var(--failed); opacity: 0.12; } svg .mark { fill: currentColor; stroke: currentColor; }
    svg .bar { stroke: currentColor; stroke-width: 3; } svg .hollow { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { body { max-width: none; } details > * { display: block; } a { text-decoration: none; }
      article { break-inside: avoid; } pre { max-height: none; white-space: pre-wrap; } }

    """
}

extension XML {
  /// Elements of HTML that hold nothing and are not closed.
  private static let void: Set<String> = ["br", "hr", "meta"]

  /// Writes the element as HTML, a line each where it holds elements.
  func writeHTML(to text: inout String) {
    text += "<\(name)"
    for attribute in attributes {
      text += " \(attribute.name)=\""
      Self.escape(attribute.value, attribute: true, to: &text)
      text += "\""
    }
    text += ">"
    if Self.void.contains(name) { return }
    switch content {
    case .nothing: break
    case .text(let body): Self.escape(body, attribute: false, to: &text)
    case .elements(let elements): for element in elements { element.writeHTML(to: &text) }
    }
    text += "</\(name)>\n"
  }
}
