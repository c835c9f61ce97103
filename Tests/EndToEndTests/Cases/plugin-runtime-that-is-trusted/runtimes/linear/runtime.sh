set -eu
ask=$(cat)
said() { printf '%s\n' "$ask" | sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\).*/\1/p" | head -n 1; }
awk -F, '
  FNR == 1 && NR > 1 { for (i = 1; i <= NF; i++) name[i] = $i; print "score"; next }
  NR == FNR { weight[$1] = $2; next }
  { total = weight["intercept"]; for (i = 1; i <= NF; i++) total += weight[name[i]] * $i; printf "%.17g\n", 1 / (1 + exp(-total)) }
' "$(said path)" "$(said rows)" > "$(said scratch)/scores.csv"
sleep 0.2
echo '{"file": "scores.csv", "version": "2.5"}' > "$GATEWRIGHT_ANSWER"
