import GateCore

extension PluginTemplate {
  /// The program for a POSIX shell and its tools.
  static func shell(_ kind: Plugin.Kind) -> String { shellHead + shellBody(kind) }

  /// Reads the request, in which every key stands on a line of its own.
  private static let shellHead = #"""
    set -eu
    ask=$(cat)
    # The value of a key that stands once in the request.
    said() { printf '%s\n' "$ask" | sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\).*/\1/p" | head -n 1; }

    """#

  /// What comes after it.
  private static func shellBody(_ kind: Plugin.Kind) -> String {
    switch kind {
    case .gate: shellGate
    case .metric: shellMetric
    case .runtime: shellRuntime
    case .source: shellSource
    }
  }

  /// A gate that looks at one column.
  private static let shellGate = #"""
    awk -F, -v column="$(said column)" -v least="$(said least)" '
      NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) place = i; next }
      { rows++; if ($place == "" || $place + 0 < least + 0) bad++ }
      END {
        if (!rows || !place) { print "there is nothing to judge" > "/dev/stderr"; exit 1 }
        text = sprintf("%d of %d rows have no %s of at least %s", bad, rows, column, least)
        printf "{\"checks\": [{\"id\": \"%s\", \"outcome\": \"%s\", ", column, bad ? "failed" : "passed"
        printf "\"message\": \"%s\", \"value\": %d, \"n\": %d}]}\n", text, bad, rows
      }' "$(said holdout)" > "$GATEWRIGHT_ANSWER"

    """#

  /// A metric that gives a figure a row.
  private static let shellMetric = #"""
    awk -F, '
      NR == 1 { for (i = 1; i <= NF; i++) place[$i] = i; print "value"; next }
      { label = $place["label"]; score = $place["score"] }
      label == "" || score == "" { exit failed = 1 }
      { d = label - score; printf "%.17g\n", d < 0 ? -d : d }
      END { if (NR < 2) failed = 1; exit failed }' "$(said "$(said model)")" > "$(said scratch)/values.csv"
    echo '{"file": "values.csv"}' > "$GATEWRIGHT_ANSWER"

    """#

  /// A runtime of a logistic regression.
  private static let shellRuntime = #"""
    awk -F, '
      FNR == 1 && NR > 1 { for (i = 1; i <= NF; i++) name[i] = $i; print "score"; next }
      NR == FNR { weight[$1] = $2; next }
      {
        total = weight["intercept"]
        for (i = 1; i <= NF; i++) { if ($i == "") exit 1; total += weight[name[i]] * $i }
        printf "%.17g\n", 1 / (1 + exp(-total))
      }' "$(said path)" "$(said rows)" > "$(said scratch)/scores.csv"
    echo '{"file": "scores.csv"}' > "$GATEWRIGHT_ANSWER"

    """#

  /// A source of files beside it.
  private static let shellSource = #"""
    uri=$(said uri)
    name=${uri#*:}
    case $name in */*) echo "'$name' is not the name of a file" >&2; exit 1 ;; esac
    cat "files/$name" > "$(said scratch)/$name"
    echo "{\"file\": \"$name\"}" > "$GATEWRIGHT_ANSWER"

    """#
}
