#!/usr/bin/env bash
# The import from end to end: import.sh PATH_OF_HYOKA
# Workbooks made by other programs, messy ones and broken ones; what was read, from which cell, and what was not.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need python3 zip iconv timeout
python3 -c 'import openpyxl' 2>/dev/null || need openpyxl
hyoka=$(realpath "${1:?usage: import.sh PATH_OF_HYOKA}")
shared=$(dirname "$0")/../../../shared/data
[ -d "$shared" ] && shared=$(realpath "$shared")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# expect CODE COMMAND… : keeps output in out.txt and err.txt.
expect() {
    local wanted=$1 code=0
    shift
    timeout 60 "$@" >out.txt 2>err.txt </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || { cat out.txt err.txt; fail "exit $code, not $wanted: $*"; }
}

# refused FILE WORDS : exit 2 with one sentence in either language that names the file, nothing written.
refused() {
    local lang
    for lang in ja en; do
        expect 2 "$hyoka" import "$1" -o never.ron --lang $lang
        [ "$(wc -l <err.txt)" -eq 1 ] || { cat err.txt; fail "not one sentence: $1"; }
        grep -qF -- "$1" err.txt || { cat err.txt; fail "the file is not named: $1"; }
        [ ! -e never.ron ] || fail "something was written for $1"
    done
}

step "a workbook of another program, laid out as reports do"
python3 - <<'PYTHON'
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "資料"
sheet["B2"] = "Ｘ　新素材の基盤技術開発"
sheet["B4"], sheet["C4"] = "担当課室", "製造産業局　素材産業課"
sheet["B5"], sheet["C5"] = "実施時期", "令和元年度～令和３年度（3年間）"
sheet["F7"] = "（単位：千円）"
for column, text in zip("BCDEF", ["研究開発項目", "R1年度", "2020FY", "令和３\n年度\n（予定）", "合計"]):
    sheet[f"{column}8"] = text
rows = [
    ["項目１．合成", "１２，５００\n（委託）", 13000, "－", "25,500"],
    ["項目２．評価", "0", "▲ 500", 1500.0, "1,000"],
    ["合計", "12,500", "12,500", "1,500", "26,500"],
]
for row, texts in enumerate(rows, start=9):
    for column, text in zip("BCDEF", texts):
        sheet[f"{column}{row}"] = text
sheet["B12"] = "※調整費を除く"
sheet["H8"], sheet["I8"], sheet["J8"], sheet["K8"] = "評価項目", "平均", "委員１", "委員２"
sheet["H9"], sheet["I9"], sheet["J9"], sheet["K9"] = "１．必要性", "1.5", 3, "０"
sheet["H10"], sheet["I10"], sheet["J10"], sheet["K10"] = "２．総合評価", "2.5", "２", 3
sheet["B20"] = "覚え書き：来週までに確認"
book.save("messy.xlsx")
PYTHON
sha256sum messy.xlsx >before.txt
expect 1 "$hyoka" import messy.xlsx -o out.ron --report r.json --lang ja
grep -qF '覚え書き' out.txt || { cat out.txt; fail "what was not read is not told"; }
sha256sum --check --quiet before.txt || fail "the input has changed"
"$hyoka" show out.ron >out.json
python3 - <<'PYTHON'
import json

with open("out.json", encoding="utf-8") as file:
    dossier = json.load(file)
(project,) = dossier["projects"]
assert project["id"] == "X", project["id"]
assert project["overview"]["section_in_charge"] == "製造産業局　素材産業課"
assert (project["overview"]["period"]["start"], project["overview"]["period"]["end"]) == (2019, 2021)
funding = project["funding"]
assert funding["unit"] == "千円" and [year["year"] for year in funding["years"]] == [2019, 2020, 2021]
cells = {
    (item["label"], year): cell["amount"]
    for item in funding["items"]
    for year, cell in item["amounts"].items()
}
figures = {place: cell.get("figure") for place, cell in cells.items()}
assert figures == {
    ("項目１．合成", "2019"): {"Number": "12500"},
    ("項目１．合成", "2020"): {"Number": "13000"},
    ("項目１．合成", "2021"): "Dash",
    ("項目２．評価", "2019"): {"Number": "0"},
    ("項目２．評価", "2020"): {"Number": "-500"},
    ("項目２．評価", "2021"): {"Number": "1500"},
}, figures
assert cells["項目１．合成", "2019"]["source"] == {"file": "messy.xlsx", "sheet": "資料", "cell": "C9"}
assert funding["grand_total"]["amount"]["figure"] == {"Number": "26500"}
assert "調整費" in funding["note"]
evaluation = project["evaluation"]
given = [[cell for cell in row.values()] for row in evaluation["scores"].values()]
assert given == [[{"Score": 3}, {"Score": 2}], [{"Score": 0}, {"Score": 3}]], given
assert list(evaluation["printed_means"].values()) == ["1.5", "2.5"]
with open("r.json", encoding="utf-8") as file:
    report = json.load(file)
assert [left["source"]["cell"] for left in report["leftovers"]] == ["B20"], report["leftovers"]
PYTHON

step "again into the result: nothing changes"
expect 1 "$hyoka" import messy.xlsx --into out.ron -o again.ron
cmp out.ron again.ron || fail "the second import changed something"

step "a table of the sample in Shift_JIS, in a zip"
printf '評価項目,平均,委員1,委員2\r\n１．必要性,2.5,3,2\r\n' | iconv -f utf-8 -t cp932 >scores.csv
zip -q tables.zip scores.csv
for file in scores.csv tables.zip; do
    expect 0 "$hyoka" import $file -o csv.ron --subject A
    "$hyoka" show csv.ron | grep -qF '必要性' || fail "the heading is not read: $file"
done

step "a broken file beside a good one: the good one is taken"
head -c 3000 messy.xlsx >broken.xlsx
expect 1 "$hyoka" import broken.xlsx messy.xlsx -o both.ron
grep -qF broken.xlsx out.txt || fail "the broken file is not named"

step "files that cannot be read"
: >empty.xlsx
head -c 65536 "$hyoka" >binary.xls
echo 'not a table' >words.csv
mkdir folder.xlsx
for file in broken.xlsx empty.xlsx binary.xls words.csv folder.xlsx missing.xlsx; do
    refused $file
done
python3 - <<'PYTHON'
import zipfile

with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr("[Content_Types].xml", "<Types/>")
    with file.open("xl/workbook.xml", "w", force_zip64=True) as member:
        for _ in range(3000):
            member.write(b" " * 1048576)
PYTHON
refused bomb.xlsx

if [ -d "$shared" ]; then
    step "the ministry's tables"
    expect 0 "$hyoka" import "$shared/xlsx/report_layout_A.xlsx" -o a.ron
    expect 0 "$hyoka" sample -o s.ron
    expect 0 "$hyoka" import "$shared/xlsx/report_layout_A.xlsx" --into s.ron -o sa.ron --report sa.json
    python3 -c '
import json
report = json.load(open("sa.json", encoding="utf-8"))
entries = [entry for table in report["tables"] for entry in table["entries"]]
# Where the sample tells it in other words, what the workbook says is offered and not taken.
found = [entry["standing"] for entry in entries if entry["accepted"]]
assert found and set(found) == {"same"}, {kind: found.count(kind) for kind in set(found)}'
    step "every trap ends with tables or one sentence"
    for file in "$shared"/xlsx/traps/* "$shared"/xlsx/government/*; do
        code=0
        timeout 40 "$hyoka" import "$file" -o trap.ron >out.txt 2>err.txt </dev/null || code=$?
        case $code in
            0 | 1) ;;
            2) [ "$(wc -l <err.txt)" -eq 1 ] || { cat err.txt; fail "not one sentence: $file"; } ;;
            *) cat err.txt; fail "exit $code: $file" ;;
        esac
    done
else
    echo "skipped: the ministry's tables and the traps are not at hand"
fi

echo "the import holds"
