# What the end-to-end scripts share; sourced by each, plain sh.

step() { printf '%s\n' "== $*"; }

fail() {
    printf '%s\n' "FAILED: $*" >&2
    exit 1
}

# need TOOL… : without one of them there is nothing to check here. On a developer's machine that is a skip; where CI is
# set it is an error, so that no check is lost without a word.
need() {
    missing=
    for tool in "$@"; do
        command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
    done
    [ -z "$missing" ] && return
    [ "${CI:-}" = true ] && fail "not installed:$missing"
    printf '%s\n' "skipped: not installed:$missing"
    exit 0
}

# LibreOffice, without a window and with a profile of its own below $work: convert FORMAT FOLDER FILE
convert() {
    timeout 240 soffice -env:UserInstallation="file://$work/profile" --headless --convert-to "$1" --outdir "$2" "$3" \
        >soffice.txt 2>&1 || { cat soffice.txt; fail "LibreOffice: $3 to $1"; }
}
