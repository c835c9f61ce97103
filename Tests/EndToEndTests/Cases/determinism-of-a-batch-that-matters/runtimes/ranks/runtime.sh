set -eu
ask=$(cat)
said() { printf '%s\n' "$ask" | sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\).*/\1/p" | head -n 1; }
awk -F, 'FNR == 1 { print "score"; next } { printf "%.17g\n", (FNR % 7) / 8 }' \
  "$(said rows)" > "$(said scratch)/scores.csv"
echo '{"file": "scores.csv"}' > "$GATEWRIGHT_ANSWER"
