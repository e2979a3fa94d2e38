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
expect 0 "$hyoka" --lang ja issue s.ron -o ballots
[ "$(find ballots -name '*.ron' | wc -l)" -eq 5 ] || fail "not a package for each member"
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
expect 0 "$hyoka" --lang ja merge s.ron ballots/*.xlsx -o one.ron --report one.json
expect 0 "$hyoka" --lang ja merge s.ron calc/*.xlsx -o two.ron --report two.json
expect 0 "$hyoka" --lang ja merge s.ron calc/*.ods --dry-run --report ods.json
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
for name in one two; do
    expect 0 "$hyoka" stats $name.ron --format json
    cp out.txt $name.stats
done
cmp one.stats two.stats

step "again, and with what is wrong"
expect 0 "$hyoka" --lang ja merge one.ron ballots/*.xlsx -o again.ron
cmp one.ron again.ron
expect 1 "$hyoka" --lang ja merge s.ron off_scale.xlsx -o m.ron
grep -q 'off_scale.xlsx、シート 評点、D15: 5 は評点の尺度 0～3 にありません' err.txt || { cat err.txt; fail "no cell"; }
expect 2 "$hyoka" --lang ja merge s.ron edited.xlsx ballots/ballot_r1_M1_1.xlsx -o m.ron
grep -q 'edited.xlsx、シート 評点、C7' err.txt || { cat err.txt; fail "no cell"; }
head -c 3000 ballots/ballot_r1_M1_1.ron >cut.ron
expect 2 "$hyoka" --lang ja merge s.ron cut.ron -o none.ron
[ ! -e none.ron ] || fail "something was written of nothing"
