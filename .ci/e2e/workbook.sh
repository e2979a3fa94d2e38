#!/bin/sh
# The canonical workbook from end to end: workbook.sh PATH_OF_HYOKA
# Other programs judge it: openpyxl opens it whole; LibreOffice saves it again and prints it. What LibreOffice has saved
# must still be the same dossier.
set -eu
. "$(dirname "$0")/common.sh"

need python3 soffice pdftotext
python3 -c 'import openpyxl' 2>/dev/null || {
    [ "${CI:-}" = true ] && fail "not installed: openpyxl"
    printf '%s\n' "skipped: not installed: openpyxl"
    exit 0
}
hyoka=$(realpath "${1:?usage: workbook.sh PATH_OF_HYOKA}")
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

# A dossier with what spreadsheets like to change: spaces, formulas, dates, apostrophes, control characters, long texts.
hostile() {
    python3 - <<'PYTHON'
texts = [" 先頭と末尾 ", "=1+1", "+81", "-", "@SUM(A1)", "'0", "0012", "1E5", "2022-03-31", "3/4", "TRUE", "#N/A", "a\tb",
         "一\n\n二\n", "\u3000全角", "_x000D_", "\r\n", "\u0001", "⟦U+000D⟧", "🧬𠮷", "<b>&amp;", "長い。\n" * 20000]
def ron(text):
    out = "".join(f"\\u{{{ord(c):x}}}" if ord(c) < 32 or c in "\"\\\ufeff" else c for c in text)
    return f'"{out}"'
rows = ", ".join(f'(id: "r{n}", heading: {ron(text)}, body: {ron(text)})' for n, text in enumerate(texts))
ids = ", ".join(f'(id: {ron(text[:50])}, name: "x")' for text in texts)
figures = ["54.0", "0.10", "12345678901234567.89", "-3", "0", "79228162514264337593543950335"]
market = ", ".join(
    f'(id: "m{n}", amount: (figure: Number("{figure}"), unit: "百万円", printed: {ron(printed)}))'
    for n, (figure, printed) in enumerate((f, p) for f in figures for p in ["", f, "約5"]))
print(f'(schema: 2, dossier: (programme: (id: "program", sections: [{rows}], market: [{market}]), members: [{ids}]))')
PYTHON
}

step "the sample and a hostile dossier become workbooks"
expect 0 "$hyoka" sample -o s.ron
hostile >h.ron
for name in s h; do
    expect 0 "$hyoka" workbook "$name.ron" -o "$name.xlsx"
    expect 0 "$hyoka" workbook "$name.ron" -o again.xlsx
    cmp "$name.xlsx" again.xlsx
    "$hyoka" show "$name.ron" >"$name.json"
done
expect 0 "$hyoka" workbook --blank -o blank.xlsx
expect 2 "$hyoka" workbook s.ron -o s.ron
expect 2 "$hyoka" workbook -o nothing.xlsx
expect 2 "$hyoka" workbook s.ron -o nowhere/w.xlsx
[ ! -e nothing.xlsx ] || fail "a workbook of nothing"

# The dossier that a workbook holds, as JSON: back WORKBOOK
back() {
    expect 0 "$hyoka" import "$1" -o back.ron
    "$hyoka" show back.ron
}

step "it reads back as it was"
for name in s h; do
    back "$name.xlsx" >back.json
    cmp "$name.json" back.json
done

step "openpyxl opens every sheet of it"
for name in s blank; do
    python3 - "$name.xlsx" <<'PYTHON'
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
assert len(book.sheetnames) >= 50, book.sheetnames
assert book.sheetnames[0] == "はじめに", book.sheetnames[0]
assert not book.properties.creator and not book.properties.lastModifiedBy, book.properties
lists = frozen = notes = 0
for sheet in book:
    assert sheet.protection.sheet and not sheet.protection.password, sheet.title
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9, sheet.title
    assert sheet["A1"].value.startswith("hyoka:1:"), sheet["A1"].value
    lists += sum(rule.type == "list" for rule in sheet.data_validations.dataValidation)
    frozen += sheet.freeze_panes is not None
    notes += sum(cell.comment is not None for row in sheet.iter_rows() for cell in row)
    for row in sheet.iter_rows(min_row=3, min_col=3 if sheet.title in ("報告書", "課題") else 2):
        for cell in row:
            # Data can be edited; only the first sheet and the headings cannot.
            assert cell.value is None or not cell.protection.locked or sheet.title in ("はじめに", "長文"), (sheet.title, cell.coordinate)
assert lists >= 90 and frozen >= 50 and notes >= 200, (lists, frozen, notes)
print(f"{len(book.sheetnames)} sheets, {lists} drop-downs, {frozen} frozen, {notes} notes")
PYTHON
done

step "LibreOffice saves it again, and it is still the same dossier"
for name in s h; do
    convert xlsx saved "$name.xlsx"
    back "saved/$name.xlsx" >back.json
    cmp "$name.json" back.json
done
convert xlsx saved blank.xlsx
expect 2 "$hyoka" import saved/blank.xlsx -o none.ron

step "LibreOffice prints it"
convert pdf printed s.xlsx
pdftotext printed/s.pdf pdf.txt
grep -q '再生医療' pdf.txt || fail "the print lacks the title"
if [ -n "${HYOKA_ARTEFACTS:-}" ]; then
    cp s.xlsx blank.xlsx printed/s.pdf "$HYOKA_ARTEFACTS/"
fi

printf '%s\n' "the workbook holds"
