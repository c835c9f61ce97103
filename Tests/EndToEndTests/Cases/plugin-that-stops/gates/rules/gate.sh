printf 'first\n\033[31msecond\n' >&2; exit 4
