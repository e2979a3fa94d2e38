#!/usr/bin/env bash
# The command line from end to end: cli.sh PATH_OF_HYOKA
# Checks what a script may rely on: results, exit codes, one sentence for each trouble, nothing half-written.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need python3 timeout
hyoka=$(realpath "${1:?usage: cli.sh PATH_OF_HYOKA}")
work=$(mktemp -d)
trap 'chmod -R u+rw "$work"; rm -rf "$work"' EXIT
cd "$work"

# run COMMAND… : keeps its output in out.txt and err.txt and its exit code in $code.
run() {
    code=0
    timeout 60 "$@" >out.txt 2>err.txt </dev/null || code=$?
    [ "$code" -ne 124 ] || fail "not done within 60 s: $*"
}

# expect CODE COMMAND…
expect() {
    local wanted=$1
    shift
    run "$@"
    [ "$code" -eq "$wanted" ] || { cat out.txt err.txt; fail "exit $code, not $wanted: $*"; }
}

# one_sentence WORDS COMMAND… : exit 2, nothing on standard output, one line on standard error that holds WORDS.
one_sentence() {
    local words=$1
    shift
    expect 2 "$@"
    [ ! -s out.txt ] || { cat out.txt; fail "output beside a refusal: $*"; }
    [ "$(wc -l <err.txt)" -eq 1 ] || { cat err.txt; fail "not one line on standard error: $*"; }
    grep -qF -- "$words" err.txt || { cat err.txt; fail "the sentence does not hold '$words': $*"; }
}

# refused FILE [WORDS] [LAUNCHER…] : every command that reads a dossier refuses FILE, names it and WORDS, and leaves no
# file behind and FILE as it is.
refused() {
    local file=$1 words=${2:-$1} lang
    shift
    [ $# -eq 0 ] || shift
    step "refused: $file"
    ls -ln >before.txt
    for lang in ja en; do
        for command in "show $file" "stats $file --format json" "report $file -o out.zip"; do
            # shellcheck disable=SC2086 # the command's words are to be split
            one_sentence "$words" "$@" "$hyoka" $command --lang $lang
            grep -qF -- "$file" err.txt || { cat err.txt; fail "the file is not named: $command"; }
        done
    done
    [ ! -e out.zip ] || fail "a bundle of what was refused: $file"
    ls -ln >after.txt
    # Their own times and sizes aside, the folder's files are what they were.
    diff <(grep -vE ' (before|after|out|err)\.txt$|^total' before.txt) \
        <(grep -vE ' (before|after|out|err)\.txt$|^total' after.txt) || fail "the folder has changed: $file"
}

step "help"
expect 0 "$hyoka" --help
cp out.txt help.txt
for command in sample show stats report verify; do
    grep -qE "^  $command +[A-Z]" help.txt || { cat help.txt; fail "--help does not list $command"; }
    expect 0 "$hyoka" "$command" --help
done
expect 0 "$hyoka" --version
grep -qE '^hyoka [0-9]+\.[0-9]+\.[0-9]+' out.txt || fail "--version: $(cat out.txt)"

step "sample, show, stats"
expect 0 "$hyoka" sample -o s.ron
[ ! -s out.txt ] && [ ! -s err.txt ] || fail "sample is not silent"
expect 0 "$hyoka" show s.ron --format json
mv out.txt show.json
expect 0 "$hyoka" show s.ron --format ron
cmp out.txt s.ron || fail "the sample is not saved as it is shown"
expect 0 "$hyoka" stats s.ron
expect 0 "$hyoka" stats s.ron --format json
mv out.txt stats.json
python3 - <<'PYTHON'
import json

# The means that the ministry's report prints, criteria 1 to 7, and how many members scored.
PRINTED = {
    "A": (5, ["3.0", "2.6", "2.2", "2.0", "2.6", "2.6", "2.6"]),
    "B": (4, ["3.0", "2.5", "2.5", "3.0", "2.0", "2.3", "2.5"]),
    "C": (5, ["3.0", "2.2", "2.2", "1.8", "1.8", "2.0", "2.2"]),
}
with open("stats.json", encoding="utf-8") as file:
    projects = {project["id"]: project for project in json.load(file)["projects"]}
assert set(projects) == set(PRINTED), f"projects: {sorted(projects)}"
for name, (n, means) in PRINTED.items():
    criteria = projects[name]["criteria"]
    assert [c["no"] for c in criteria] == list(range(1, 8)), f"{name}: criteria {[c['no'] for c in criteria]}"
    assert [c["mean"] for c in criteria] == means, f"{name}: means {[c['mean'] for c in criteria]}, not {means}"
    assert all(c["n"] == n == len(c["scores"]) for c in criteria), f"{name}: n is not {n}"
with open("show.json", encoding="utf-8") as file:
    dossier = json.load(file)
assert [project["id"] for project in dossier["projects"]] == list("ABCDE"), "projects A to E"
PYTHON

step "the language stands before or after the command"
expect 2 "$hyoka" --lang en show missing.ron
mv err.txt before.txt
expect 2 "$hyoka" show missing.ron --lang en
cmp before.txt err.txt || fail "--lang depends on where it stands"

step "an option or command that does not exist"
expect 2 "$hyoka" show s.ron --nonsense
expect 2 "$hyoka" report s.ron -o b.zip --format nonsense
expect 2 "$hyoka" s.ron show s.ron
[ ! -e b.zip ] || fail "a bundle of a format that does not exist"

head -c "$(($(wc -c <s.ron) / 2))" s.ron >truncated.ron
# Most places to cut a Japanese text lie within a character.
within=$(($(grep -abo 療 s.ron | tail -1 | cut -d: -f1) + 1))
head -c "$within" s.ron >within.ron
: >empty.ron
head -c 65536 "$hyoka" >binary.ron
# One value in the middle that cannot be: the sentence tells its line.
line=$(grep -n 'year: 2022' s.ron | head -1 | cut -d: -f1)
sed "${line}s/2022/twenty/" s.ron >half.ron
mkdir folder.ron
sed 's/schema: 3,/schema: 99,/' s.ron >newer.ron
cmp -s newer.ron s.ron && fail "the schema was not found in the sample"

refused truncated.ron
refused within.ron "$(($(wc -l <within.ron) + 1))"
refused empty.ron
refused binary.ron
refused half.ron "$line"
refused folder.ron
refused missing.ron
refused newer.ron 99

cp s.ron locked.ron
chmod 000 locked.ron
# Root reads anything unless it lays that right down.
launcher=()
if [ -r locked.ron ] && command -v setpriv >/dev/null; then
    launcher=(setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search)
fi
if "${launcher[@]}" cat locked.ron >/dev/null 2>&1; then
    echo "skipped: a file that may not be read (this user may read anything)"
else
    refused locked.ron locked.ron "${launcher[@]}"
fi

step "a place that cannot be written"
one_sentence nowhere/s.ron "$hyoka" sample -o nowhere/s.ron
one_sentence folder.ron "$hyoka" sample -o folder.ron
[ -z "$(ls -A folder.ron)" ] || fail "something was written into the folder"
[ -z "$(find . -name '.hyoka-*')" ] || fail "a temporary file is left"

step "no display"
if [ "$(uname -s)" = Linux ]; then
    for lang in ja en; do
        one_sentence "hyoka --help" env -u DISPLAY -u WAYLAND_DISPLAY -u WAYLAND_SOCKET "$hyoka" --lang $lang
        one_sentence "hyoka --help" env -u DISPLAY -u WAYLAND_DISPLAY -u WAYLAND_SOCKET "$hyoka" s.ron --lang $lang
        # A display that is named but not there is as good as none.
        one_sentence "hyoka --help" env -u WAYLAND_DISPLAY -u WAYLAND_SOCKET DISPLAY=:4711 "$hyoka" --lang $lang
    done
else
    echo "skipped: only Linux can be without a display"
fi

echo "the command line holds"
