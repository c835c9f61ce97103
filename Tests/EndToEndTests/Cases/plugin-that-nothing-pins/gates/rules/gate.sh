set -eu
ask=$(cat)
said() { printf '%s\n' "$ask" | sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\).*/\1/p" | head -n 1; }
below() { awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "score") place = i; next } $place < 0.5 { n++ } END { print n / (NR - 1) }' "$1"; }
bad=$(awk -F, -v least="$(said least)" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "income") place = i; next } $place + 0 < least + 0 { n++ } END { print n + 0 }' "$(said holdout)")
folder=$(dirname "$(said holdout)")
if [ "$bad" = 0 ]; then outcome=passed; else outcome=failed; echo "looked at $bad rows that are too low"; fi
cat > "$GATEWRIGHT_ANSWER" <<END
{"checks": [{"id": "income/low", "outcome": "$outcome", "message": "$bad rows have less", "value": $bad, "limit": {"max": 0}}],
 "measurements": {"approved": {"candidate": $(below "$folder/predictions-candidate.csv"), "champion": $(below "$folder/predictions-champion.csv")}}}
END
