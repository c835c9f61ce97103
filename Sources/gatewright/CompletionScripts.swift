import GateCore

/// The scripts by which a shell completes a command line.
enum Completions {
  /// A shell and its script; a new one is a line here.
  static let shells: [(name: String, script: @Sendable () -> String)] = [
    ("bash", { bash }), ("zsh", { zsh }), ("fish", { fish }),
  ]

  /// For bash, to be sourced.
  private static var bash: String {
    let verbs = Command.shown.map(\.name).joined(separator: " ")
    let cases = Command.shown.map { command in
      let values = command.flags.filter { $0.value != nil }.map { flag in
        "        \(flag.patterns.joined(separator: "|"))) \(offer(flag.completion)) ;;"
      }
      let words =
        command.flags.map { "--" + $0.name } + (command.arguments.first?.completion.choices ?? [])
      var others =
        "          COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$cur\"))"
      if case .files? = command.arguments.first?.completion {
        others += "\n          COMPREPLY+=($(compgen -f -- \"$cur\"))"
      }
      return """
            \(command.name))
              case "$prev" in
        \(values.joined(separator: "\n"))
                *)
        \(others)
                  ;;
              esac
              ;;
        """
    }
    return """
      _gatewright() {
        local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W '\(verbs) --help --version' -- "$cur"))
          return
        fi
        case "${COMP_WORDS[1]}" in
      \(cases.joined(separator: "\n"))
        esac
        case "${COMPREPLY[0]}" in
          *=) compopt -o nospace 2>/dev/null ;;
        esac
      }
      complete -F _gatewright gatewright

      """
  }

  /// What bash offers for a flag's value.
  private static func offer(_ completion: Completion) -> String {
    switch completion {
    case .nothing: "COMPREPLY=()"
    case .files: "COMPREPLY=($(compgen -f -- \"$cur\"))"
    case .words(let words):
      "COMPREPLY=($(compgen -W '\(words().joined(separator: " "))' -- \"$cur\"))"
    }
  }

  /// For zsh, as a function of its path or to be sourced.
  private static var zsh: String {
    let verbs = Command.shown.map { "    '\($0.name):\(quoted($0.summary))'" }
    let cases = Command.shown.map { command in
      let flags = command.flags.flatMap { flag in
        flag.patterns.map { word in
          let many = flag.isRepeated ? "*" : ""
          let value = flag.value.map { ":\(quoted($0)):\(action(flag.completion))" } ?? ""
          return "        '\(many)\(word)[\(quoted(flag.summary))]\(value)'"
        }
      }
      let arguments = command.arguments.map {
        "        '\($0.isOptional ? "::" : ":")\(quoted($0.name)):\(action($0.completion))'"
      }
      return """
            \(command.name))
              _arguments \\
        \((flags + arguments).joined(separator: " \\\n"))
              ;;
        """
    }
    return """
      #compdef gatewright
      _gatewright() {
        local -a verbs
        verbs=(
      \(verbs.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe 'command' verbs
          return
        fi
        local verb="${words[2]}"
        shift words
        (( CURRENT-- ))
        case "$verb" in
      \(cases.joined(separator: "\n"))
        esac
      }
      if [ "$funcstack[1]" = "_gatewright" ]; then
        _gatewright "$@"
      else
        compdef _gatewright gatewright
      fi

      """
  }

  /// What zsh offers for a value.
  private static func action(_ completion: Completion) -> String {
    switch completion {
    case .nothing: " "
    case .files: "_files"
    case .words(let words): "(\(words().joined(separator: " ")))"
    }
  }

  /// For fish.
  private static var fish: String {
    var lines = ["complete -c gatewright -f"]
    for command in Command.shown {
      lines.append(
        "complete -c gatewright -n __fish_use_subcommand -a \(command.name) "
          + "-d '\(quoted(command.summary))'")
      let start = "complete -c gatewright -n '__fish_seen_subcommand_from \(command.name)'"
      for flag in command.flags {
        let letter = flag.letter.map { " -s \($0)" } ?? ""
        let value = flag.value == nil ? "" : fish(flag.completion, required: true)
        lines.append("\(start) -l \(flag.name)\(letter)\(value) -d '\(quoted(flag.summary))'")
      }
      for argument in command.arguments { lines.append(start + fish(argument.completion)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What fish offers for a value.
  private static func fish(_ completion: Completion, required: Bool = false) -> String {
    switch completion {
    case .nothing: required ? " -x" : ""
    case .files: required ? " -r -F" : " -F"
    case .words(let words):
      (required ? " -x" : "") + " -a '\(words().joined(separator: " "))'"
    }
  }

  /// Text inside of single quotes, without what a shell's completion gives a meaning.
  private static func quoted(_ text: String) -> String {
    let text = text.replacing("'", with: "").replacing("[", with: "(").replacing("]", with: ")")
    return text.replacing(":", with: ",")
  }
}

extension Flag {
  /// The words that mean it.
  fileprivate var patterns: [String] { ["--" + name] + (letter.map { ["-\($0)"] } ?? []) }
}
