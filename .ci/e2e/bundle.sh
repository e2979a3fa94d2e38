#!/bin/sh
# The report bundle from end to end: bundle.sh PATH_OF_HYOKA
# Other tools judge it: bagit.py, frictionless, qpdf, pdftotext, xmllint.
set -eu
. "$(dirname "$0")/common.sh"

need python3 unzip bagit.py frictionless qpdf pdftotext xmllint
hyoka=$(realpath "${1:?usage: bundle.sh PATH_OF_HYOKA}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Runs a command and requires its exit code: expect CODE COMMAND…
expect() {
    wanted=$1
    shift
    code=0
    "$@" >out.txt 2>err.txt || code=$?
    [ "$code" -eq "$wanted" ] || { cat out.txt err.txt; fail "exit $code, not $wanted: $*"; }
}

step "sample and report"
expect 0 "$hyoka" sample -o s.ron
expect 0 "$hyoka" report s.ron -o b.zip

step "two runs, equal bytes"
expect 0 "$hyoka" report s.ron -o again.zip
cmp b.zip again.zip

step "other tools accept it"
unzip -q b.zip
set -- */
[ $# -eq 1 ] || fail "not one top folder: $*"
bag=${1%/}
bagit.py --validate --quiet "$bag"
(cd "$bag/data" && frictionless validate datapackage.json >"$work/frictionless.txt") || {
    cat frictionless.txt
    fail "frictionless"
}
qpdf --check "$bag/data/report.pdf" >qpdf.txt 2>&1 || { cat qpdf.txt; fail "qpdf"; }
find "$bag" | LC_ALL=C grep '[^ -~]' && fail "a file name that is not ASCII"
"$hyoka" show s.ron >given.json
"$hyoka" show "$bag/data/dossier.ron" >kept.json
cmp given.json kept.json

step "the figures are vectors whose words are text, and pictures"
figures=$bag/data/figures
[ "$(find "$figures" -name '*.svg' | wc -l)" -ge 40 ] || fail "fewer than 40 figures"
for svg in "$figures"/*.svg; do
    xmllint --noout --nonet "$svg" || fail "no valid XML: $svg"
    grep -q '<text ' "$svg" || fail "no text: $svg"
    [ "$(head -c 4 "${svg%.svg}.png" | tail -c 3)" = PNG ] || fail "no picture: $svg"
done
grep -q '15.7 %' "$figures/programme-market.svg" || fail "no growth rate in the market figure"
grep -q '年4件の増加が続くと、2023年度末に24件' "$figures/a-outcome.svg" || fail "no rate in the outcome figure"

step "the PDF says what it must"
# Each must stand on a line of its own accord, as a plain search expects it.
pdftotext "$bag/data/report.pdf" pdf.txt
for words in \
    再生医療・遺伝子治療の産業化に向けた基盤技術開発事業 \
    再生医療技術を応用した創薬支援基盤技術開発 遺伝子治療製造技術開発 ヒト細胞加工製品製造基盤技術開発 \
    2.3 5,409 1,913 肯定的意見 対処方針 評価ワーキンググループの所見 第１部 目次; do
    grep -qF -- "$words" pdf.txt || fail "not in the PDF: $words"
done

step "the tables say what they must"
grep -q '^B,6,費用対効果,4,2.3,2.3,' "$bag/data/tables/score_means.csv" || fail "the mean of B 6"
[ "$(tail -n +2 "$bag/data/tables/score_means.csv" | wc -l)" -eq 21 ] || fail "not 21 means"
head -c 3 "$bag/data/tables/scores.csv" | od -An -tx1 | grep -q 'ef bb bf' || fail "no byte order mark"

step "verify: intact, altered, no bundle"
expect 0 "$hyoka" verify b.zip
python3 - "$bag" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile("b.zip") as old, zipfile.ZipFile("altered.zip", "w", zipfile.ZIP_DEFLATED) as new:
    for item in old.infolist():
        data = bytearray(old.read(item))
        if item.filename.endswith("/data/tables/scores.csv"):
            data[-3] ^= 1
        new.writestr(item.filename, bytes(data))
raw = bytearray(open("b.zip", "rb").read())
raw[len(raw) // 2] ^= 1
open("flipped.zip", "wb").write(raw)
PYTHON
expect 1 "$hyoka" verify altered.zip
grep -q 'data/tables/scores.csv' out.txt || fail "the altered file is not named"
expect 1 "$hyoka" verify flipped.zip
expect 2 "$hyoka" verify s.ron
expect 2 "$hyoka" verify nowhere.zip

step "a failed report leaves what was there"
printf 'before' >kept.zip
head -c 1000 s.ron >broken.ron
expect 2 "$hyoka" report broken.ron -o kept.zip
[ "$(cat kept.zip)" = before ] || fail "the target was touched"
expect 2 "$hyoka" report s.ron -o s.ron
expect 2 "$hyoka" report s.ron -o nowhere/b.zip
[ -z "$(find . -name '.hyoka-*')" ] || fail "a temporary file is left"

printf '%s\n' "the bundle holds"
