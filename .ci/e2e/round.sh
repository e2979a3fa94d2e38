#!/bin/sh
# A round from end to end: round.sh PATH_OF_HYOKA
# Excel ballots are filled in by openpyxl and saved again by LibreOffice, as members' own programs do.
set -eu
. "$(dirname "$0")/common.sh"

need python3 soffice
python3 -c 'import openpyxl' 2>/dev/null || need openpyxl
hyoka=$(realpath "${1:?usage: round.sh PATH_OF_HYOKA}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8

# Runs a command and requires its exit code: expect CODE COMMAND…
expect() {
    wanted=$1
    shift
    code=0
    "$@" >out.txt 2>err.txt || code=$?
    [ "$code" -eq "$wanted" ] || { cat out.txt err.txt; fail "exit $code, not $wanted: $*"; }
}

step "a dossier whose scores are still to come"
expect 0 "$hyoka" sample -o s.ron
python3 - <<'PY'
import re
text = open("s.ron", encoding="utf-8").read()
text, n = re.subn(r"\n( +)scores: \{\n.*?\n\1\},", "", text, flags=re.S)
assert n == 3, n
open("s.ron", "w", encoding="utf-8").write(text)
PY
cp s.ron kept.ron
expect 0 "$hyoka" --lang ja issue s.ron -o ballots
cmp s.ron kept.ron || fail "issuing changed the dossier that it was given"
[ -e ballots/s_issued.ron ] || fail "no dossier that knows of the ballots"
expect 2 "$hyoka" --lang ja issue s.ron -o ballots
grep -q 'すでにあります' err.txt || { cat err.txt; fail "ballots that were sent are overwritten"; }
[ "$(find ballots -name 'ballot_*.ron' | wc -l)" -eq 5 ] || fail "not a package for each member"
[ "$(find ballots -name '*.xlsx' | wc -l)" -eq 5 ] || fail "not a form for each member"

step "openpyxl fills in, LibreOffice saves again"
python3 - <<'PY'
import glob, openpyxl
for path in sorted(glob.glob("ballots/*.xlsx")):
    book = openpyxl.load_workbook(path)
    assert book["hyoka"].sheet_state == "hidden"
    sheet = book["評点"]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert len(sheet.data_validations.dataValidation) > 0
    member = int(path.split("_M")[1][0])
    for row in range(1, sheet.max_row + 1):
        cell = sheet.cell(row, 4)
        if cell.protection.locked:
            continue
        # Zero is a score; one member types it as text in full width.
        cell.value = "０" if member == 2 else (row + member) % 4
        sheet.cell(row, 5).value = "よい\n二行目"
    book.save(path)
book = openpyxl.load_workbook("ballots/ballot_r1_M3_1.xlsx")
book["評点"]["D15"] = 5
book.save("off_scale.xlsx")
book = openpyxl.load_workbook("ballots/ballot_r1_M4_1.xlsx")
book["評点"]["C7"] = "別の評価項目"
book.save("edited.xlsx")
PY
mkdir calc
soffice --headless --convert-to xlsx --outdir calc ballots/*.xlsx >/dev/null 2>&1
soffice --headless --convert-to ods --outdir calc ballots/ballot_r1_M1_1.xlsx >/dev/null 2>&1
[ "$(find calc -type f | wc -l)" -eq 6 ] || fail "LibreOffice did not save every form"

step "what either saved is read alike"
known=ballots/s_issued.ron
expect 0 "$hyoka" --lang ja merge $known ballots/*.xlsx -o one.ron --report one.json --receipts receipts
grep -q '記入の状況' out.txt || fail "who lacks what is not told"
[ "$(find receipts -name '*.txt' | wc -l)" -eq 5 ] || fail "not a receipt for each member"
grep -q '評価票の受領書' receipts/receipt_r1_M1.txt || fail "no receipt"
# The dossier as it was before issuing takes its ballots as well.
expect 0 "$hyoka" --lang ja merge s.ron ballots/*.xlsx -o unnoted.ron
expect 0 "$hyoka" --lang ja merge $known calc/*.xlsx -o two.ron --report two.json
expect 0 "$hyoka" --lang ja merge $known calc/*.ods --dry-run --report ods.json
python3 - <<'PY'
import json
one, two, ods = (json.load(open(f"{name}.json", encoding="utf-8")) for name in ("one", "two", "ods"))
fields = lambda report: [[(f["place"], f["ballot"]) for f in b["fields"]] for b in report["ballots"]]
assert one["changes"] == 196 and one["written"], one["changes"]
assert fields(one) == fields(two)
assert fields(ods)[0] == fields(one)[0] and not ods["written"]
assert any(("A › 1 › 評点", "0") in ballot for ballot in fields(one))
assert not any(b["remarks"] for b in one["ballots"] + two["ballots"])
PY
[ ! -e ods.ron ] || fail "a dry run wrote"
for name in one two unnoted; do
    expect 0 "$hyoka" stats $name.ron --format json
    cp out.txt $name.stats
done
cmp one.stats two.stats
cmp one.stats unnoted.stats

step "again, and with what is wrong"
expect 0 "$hyoka" --lang ja merge one.ron ballots/*.xlsx -o again.ron
cmp one.ron again.ron
expect 1 "$hyoka" --lang ja merge $known off_scale.xlsx -o m.ron
grep -q 'off_scale.xlsx、シート 評点、D15: 5 は評点の尺度 0～3 にありません' err.txt || { cat err.txt; fail "no cell"; }
expect 2 "$hyoka" --lang ja merge $known edited.xlsx ballots/ballot_r1_M1_1.xlsx -o m.ron
grep -q 'edited.xlsx、シート 評点、C7' err.txt || { cat err.txt; fail "no cell"; }
head -c 3000 ballots/ballot_r1_M1_1.ron >cut.ron
expect 2 "$hyoka" --lang ja merge $known cut.ron -o none.ron
[ ! -e none.ron ] || fail "something was written of nothing"

step "a folder is read whole, and the dossier in it is left alone"
mkdir folder
cp ballots/*.xlsx ballots/s_issued.ron folder
expect 0 "$hyoka" --lang ja merge $known folder -o folder.ron
expect 0 "$hyoka" stats folder.ron --format json
cmp out.txt one.stats

step "zero is printed as a score"
python3 - <<'PY'
import openpyxl
for member in (1, 2, 3, 4, 5):
    book = openpyxl.load_workbook(f"ballots/ballot_r1_M{member}_1.xlsx")
    sheet = book["評点"]
    for row in range(1, sheet.max_row + 1):
        if not sheet.cell(row, 4).protection.locked:
            sheet.cell(row, 4).value = 0
    book.save(f"zero{member}.xlsx")
PY
expect 0 "$hyoka" --lang ja merge $known zero*.xlsx -o zero.ron
expect 0 "$hyoka" stats zero.ron --format json
python3 - <<'PY'
import json
report = json.load(open("out.txt", encoding="utf-8"))
means = {c["mean"] for p in report["projects"] if p["id"] == "A" for c in p["criteria"]}
assert means == {"0.0"}, means
PY
if command -v pdftotext >/dev/null; then
    expect 0 "$hyoka" report zero.ron -o zero.zip --format pdf,csv
    unzip -qjo zero.zip '*/report.pdf'
    pdftotext -layout report.pdf zero.txt
    grep -Eq '(0 +){5}0\.0|0\.0( +0){5}' zero.txt || fail "the zeros and their mean are not in the PDF"
fi

step "ballots that come back encrypted"
export HYOKA_PASSPHRASE='a passphrase that is long'
expect 0 "$hyoka" --lang ja issue s.ron -o sealed --make-key key.age
head -c 40 key.age | grep -q 'age-encryption.org/v1' || fail "no key file"
grep -q 'age1' sealed/s_issued.ron || fail "the round has no key"
if grep -q 'AGE-SECRET-KEY' key.age sealed/*; then fail "the secret half is readable"; fi
unset HYOKA_PASSPHRASE
code=0
"$hyoka" --lang ja merge sealed/s_issued.ron sealed --key key.age -o k.ron </dev/null >out.txt 2>err.txt || code=$?
[ "$code" -eq 2 ] && grep -q 'HYOKA_PASSPHRASE' err.txt || { cat err.txt; fail "the passphrase is not asked for"; }
