printf '%s' '{"checks": [{"id": "x", "outcome": "failed", "message": "a\n::error::b"}]}' > "$GATEWRIGHT_ANSWER"
