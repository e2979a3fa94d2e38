#!/bin/sh
# The report bundle from end to end: bundle.sh PATH_OF_HYOKA
# Other tools judge it: bagit.py, frictionless, qpdf, pdftotext, xmllint, python-docx, openpyxl, LibreOffice.
set -eu
. "$(dirname "$0")/common.sh"

need python3 unzip bagit.py frictionless qpdf pdftotext pdfinfo pdffonts xmllint soffice
python3 -c 'import docx, openpyxl' 2>/dev/null || {
    [ "${CI:-}" = true ] && fail "not installed: python-docx, openpyxl"
    printf '%s\n' "skipped: not installed: python-docx, openpyxl"
    exit 0
}
fonts=$(realpath "$(dirname "$0")/../../assets/fonts")
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

step "nothing of the dossier is missing in the PDF"
# Every project, criterion, recommendation and every figure that the dossier states, counted.
cat >count.py <<'PYTHON'
import json, re, sys, unicodedata

def folded(text):
    """A text without spaces and line breaks, in one form of each character."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))

dossier = json.load(open(sys.argv[1]))
raw = open(sys.argv[2]).read()
page = folded(raw)
# A number is looked for as a number: 409 is not found in 1,409.
numbers = set(re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", raw)))
numbers = {number.replace(",", "") for number in numbers}
subjects = [dossier["programme"], *dossier["projects"]]
wanted = {"projects": [], "criteria": [], "recommendations": [], "figures": []}
for project in subjects:
    wanted["projects"].append(project["overview"]["name"])
for name in ("project", "programme"):
    for criterion in dossier["criteria"][name]["criteria"]:
        wanted["criteria"].append(criterion.get("printed") or criterion["label"])
for subject in subjects:
    for row in subject.get("evaluation", {}).get("recommendations", []):
        wanted["recommendations"] += [row[key] for key in ("text", "response") if row.get(key)]

def figures(node):
    if isinstance(node, list):
        for item in node:
            yield from figures(item)
    elif isinstance(node, dict):
        figure = node.get("figure")
        if isinstance(figure, dict) or node.get("printed") and "figure" in node:
            said = node.get("printed") or json.dumps(figure)
            yield from re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", said))
        for value in node.values():
            yield from figures(value)

for subject in subjects:
    parts = ("amounts", "funding", "outputs", "outcomes", "other_indicators", "market", "roadmap")
    wanted["figures"] += [figure for part in parts for figure in figures(subject.get(part, []))]

failed = False
for kind, texts in wanted.items():
    if kind == "figures":
        missing = [text for text in texts if text.replace(",", "") not in numbers]
    else:
        # A long text runs over lines, cells and pages, and may be torn anywhere once: of each sentence, one of two
        # pieces that follow each other must be there whole.
        def there(sentence):
            return not sentence or sentence[:8] in page or (len(sentence) > 8 and sentence[8:16] in page)

        missing = [text for text in texts if not all(there(folded(part)) for part in text.split("。"))]
    print(f"{kind}: {len(texts)}, missing {len(missing)}")
    for text in missing:
        print("  missing:", text[:80])
    failed = failed or bool(missing) or not texts
sys.exit(failed)
PYTHON
python3 count.py given.json pdf.txt || fail "the PDF lacks something"

step "fonts are embedded and subset, bookmarks and language are there"
pdffonts "$bag/data/report.pdf" 2>/dev/null | tail -n +3 >fonts.txt
[ -s fonts.txt ] || fail "no fonts"
awk '{ if ($(NF-4) != "yes" || $(NF-3) != "yes") exit 1 }' fonts.txt || { cat fonts.txt; fail "a font is not embedded or whole"; }
qpdf --json "$bag/data/report.pdf" >pdf.json 2>/dev/null || true
python3 - <<'PYTHON' || fail "the PDF's outline or language"
import json
pdf = json.load(open("pdf.json"))
def count(outlines):
    return sum(1 + count(outline.get("kids", [])) for outline in outlines)
n = count(pdf["outlines"])
print(n, "bookmarks")
assert n > 60 and '"/Lang": "u:ja-JP"' in open("pdf.json").read(), n
PYTHON

pdfinfo -meta "$bag/data/report.pdf" 2>/dev/null | grep -q 'pdfuaid:part' || fail "the PDF does not say that it is PDF/UA"

step "the material for the meeting"
qpdf --check "$bag/data/slides.pdf" >qpdf.txt 2>&1 || { cat qpdf.txt; fail "qpdf: slides"; }
pdftotext "$bag/data/slides.pdf" slides.txt
for words in 再生医療技術を応用した創薬支援基盤技術開発 2.3 総合評価 提言; do
    grep -qF -- "$words" slides.txt || fail "not in the slides: $words"
done
pdfinfo "$bag/data/slides.pdf" | grep -q 'Page size: *841[.]89 x 595[.]2' || fail "the slides are not A4 landscape"

step "fit for archives, on request"
expect 0 "$hyoka" report s.ron --format pdf --pdfa -o a.zip
[ ! -s err.txt ] || { cat err.txt; fail "a remark about PDF/A"; }
mkdir a && unzip -q a.zip -d a
qpdf --check a/*/data/report.pdf >qpdf.txt 2>&1 || { cat qpdf.txt; fail "qpdf: PDF/A"; }
pdfinfo -meta a/*/data/report.pdf | grep -q 'pdfaid:part' || fail "the PDF does not say that it is PDF/A"
pdfinfo -meta a/*/data/report.pdf | grep -q 'pdfuaid:part' || fail "the PDF does not say that it is PDF/UA"

step "templates"
expect 0 "$hyoka" template
[ "$(wc -l <out.txt)" -ge 2 ] || fail "fewer than two templates"
expect 0 "$hyoka" template meti-2024 -o t.ron
expect 0 "$hyoka" report s.ron --format pdf --template t.ron -o t.zip
expect 0 "$hyoka" report s.ron --format pdf --template meti-2024 -o u.zip
cmp t.zip u.zip
mkdir t && unzip -q t.zip -d t && pdftotext t/*/data/report.pdf t.txt
grep -qF '外部評価者からの評価結果' t.txt || fail "the order of 2024 has no results chapter"
python3 count.py given.json t.txt || fail "the PDF in the order of 2024 lacks something"
sed -i '20s/content/contend/' t.ron
expect 2 "$hyoka" report s.ron --template t.ron -o v.zip
grep -q 't.ron.*20' err.txt && grep -q contend err.txt || { cat err.txt; fail "the mistake is not told with its line"; }
[ ! -e v.zip ] || fail "a broken template fell back to something"

step "texts that try to be more stay texts"
cat >hostile.py <<'PYTHON'
import csv, io, pathlib, re, sys, unicodedata

TEXTS = [
    "<w:p><w:t>x</w:t></w:p>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    '#include "main.typ"', '#read("/etc/passwd")', "$x^2$ *b* _i_ `r` <label> @ref", "= 見出し",
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1+cmd", "-2+3+cmd", "../../x", "\\..\\..\\x", "%PDF-1.7 endstream endobj",
    "髙﨑𠮷野家𩸽", "e\u0301a\u0308",
]
LONG = "長" + "W" * 10_000

def folded(text):
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))

def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

if sys.argv[1] == "write":
    source = open("s.ron").read()
    at = source.index("comments: [") + len("comments: [")
    rows = "".join(f'(id: "h{n}", text: {quoted(text)}),' for n, text in enumerate([*TEXTS, LONG]))
    open("h.ron", "w").write(source[:at] + rows + source[at:])
    sys.exit()
page = folded(open("h.txt").read())
table = pathlib.Path(sys.argv[2], "tables/comments.csv").read_text("utf-8-sig")
cells = {cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row}
missing = [text for text in TEXTS if folded(text) not in page]
# A cell that a spreadsheet would take for a formula has an apostrophe before it.
unsafe = [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or re.match(r"-\D", cell)]
lost = [text for text in [*TEXTS, LONG] if text not in cells and "'" + text not in cells]
print("in the PDF:", len(TEXTS) - len(missing), "of", len(TEXTS), missing)
print("W in the PDF:", page.count("W"))
print("lost in the CSV:", lost, "unsafe:", unsafe)
sys.exit(bool(missing or unsafe or lost or page.count("W") < 10_000))
PYTHON
python3 hostile.py write
expect 0 "$hyoka" report h.ron --format pdf,slides,csv -o h.zip
mkdir h && unzip -q h.zip -d h
qpdf --check h/*/data/report.pdf >qpdf.txt 2>&1 || { cat qpdf.txt; fail "qpdf: hostile texts"; }
pdftotext h/*/data/report.pdf h.txt
python3 hostile.py check h/*/data || fail "a text is not what it was"

step "anonymous: no name in any stream"
python3 - <<'PYTHON'
text = open("s.ron").read()
names = ["山田 太郎", "髙橋 花子", "東海林 さくら", "John Smith", "佐々木次郎"]
for n, name in enumerate(names, 1):
    assert f'"委員{n}"' in text, n
    text = text.replace(f'"委員{n}"', f'"{name}"')
at = text.index("text: \"", text.index("comments:")) + len("text: \"")
text = text[:at] + "山田委員と高橋先生の言うとおり、東海林さくら氏、John Smith、佐々木次郎委員も述べた。" + text[at:]
open("n.ron", "w").write(text)
PYTHON
expect 2 "$hyoka" report n.ron --variant anonymous -o n.zip
[ ! -e n.zip ] || fail "written without a decision on the names"
grep -q '山田委員' err.txt && grep -q -- '--names' err.txt || { cat err.txt; fail "the names are not listed"; }
expect 0 "$hyoka" report n.ron --variant anonymous --names replace -o n.zip
mkdir n && unzip -q n.zip -d n
cat >names.py <<'PYTHON'
import io, pathlib, subprocess, sys, zipfile, re, unicodedata

names = ["山田太郎", "山田委員", "髙橋花子", "高橋花子", "高橋先生", "東海林さくら", "JohnSmith", "佐々木次郎"]

def layers(name, data):
    yield name, data
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            for item in inner.infolist():
                yield from layers(f"{name}!{item.filename}", item.filename.encode() + b"\n" + inner.read(item))
    if data[:4] == b"%PDF":
        pathlib.Path("x.pdf").write_bytes(data)
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "x.pdf", "y.pdf"], check=True)
        yield f"{name}!streams", pathlib.Path("y.pdf").read_bytes()
        yield f"{name}!text", subprocess.run(["pdftotext", "x.pdf", "-"], check=True, capture_output=True).stdout
        meta = subprocess.run(["pdfinfo", "-meta", "x.pdf"], check=True, capture_output=True).stdout
        yield f"{name}!metadata", meta

found = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if not path.is_file():
        continue
    for name, data in layers(str(path), path.read_bytes()):
        # As text, spaces and forms aside; and in the encodings that PDF and Office files use.
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", data.decode("utf-8", "ignore")))
        for who in names:
            spaced = [who, who[:2] + " " + who[2:], who[:2] + "\u3000" + who[2:]]
            raw = [text.encode(e) for text in spaced for e in ("utf-16-be", "utf-16-le")]
            raw += ["".join(f"{b:02x}" for b in text.encode("utf-16-be")).encode() for text in spaced]
            if who in plain or any(r in data or r.upper() in data for r in raw):
                print("found", who, "in", name)
                found += 1
print(found, "found")
sys.exit(min(found, 1))
PYTHON
python3 names.py n || fail "a name is in the anonymous bundle"
expect 0 "$hyoka" report n.ron -o m.zip
mkdir m && unzip -q m.zip -d m
python3 names.py m >m.txt && fail "the search for names finds nothing where they are"
grep -q 'report.pdf!text' m.txt || fail "the search does not see the PDF's text"

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
mkdir full
printf 'before' >full/kept.zip
# A file may grow no further than 64 KiB, as if the disk were full.
(
    trap '' XFSZ
    ulimit -f 128
    for target in full/kept.zip full/new.zip; do
        code=0
        "$hyoka" report s.ron -o "$target" >/dev/null 2>full.txt || code=$?
        [ "$code" -eq 2 ] && [ "$(wc -l <full.txt)" -eq 1 ] || { cat full.txt; fail "exit $code with a full disk"; }
    done
)
[ "$(cat full/kept.zip)" = before ] || fail "the target was touched by a full disk"
[ "$(ls -A full)" = kept.zip ] || fail "half a file is left: $(ls -A full)"
[ -z "$(find . -name '.hyoka-*')" ] || fail "a temporary file is left"

step "the Word file: others open it, with its structure"
for part in $(unzip -Z1 "$bag/data/report.docx" | grep -E '[.](xml|rels)$' | grep -v '^.Content'); do
    unzip -p "$bag/data/report.docx" "$part" | xmllint --noout --nonet - || fail "no valid XML: $part"
done
python3 - "$bag/data/report.docx" given.json <<'PYTHON' || fail "the Word file's structure"
import json, sys
import docx
from docx.oxml.ns import qn

report, dossier = docx.Document(sys.argv[1]), json.load(open(sys.argv[2]))
assert report.core_properties.language == "ja-JP" and report.core_properties.title, report.core_properties
assert not report.core_properties.last_modified_by
headings = [p for p in report.paragraphs if p.style.name.startswith("Heading ")]
words = [p.text for p in headings]
assert len(words) > 80 and "第１部　評価用資料" in words, words
for project in dossier["projects"]:
    assert f"{project['id']}　{project['overview']['name']}" in words, project["id"]
heads = sum(t.rows[0]._tr.trPr is not None and t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in report.tables)
assert heads == len(report.tables) > 60, (heads, len(report.tables))
pictures = [s._inline.docPr.get("descr") for s in report.inline_shapes]
assert len(pictures) > 40 and all(pictures), len(pictures)
print(f"{len(words)} headings, {len(report.tables)} tables, {len(pictures)} pictures, {len(report.sections)} sections")
PYTHON

step "LibreOffice prints the Word file and the workbook, and nothing is missing"
# The typeface that the report names is not there; the program's own stands in for it.
cat >fonts.conf <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$fonts</dir>
  <match><test name="family"><string>游ゴシック</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Sans JP</string></edit></match>
</fontconfig>
XML
export FONTCONFIG_FILE="$work/fonts.conf"
convert pdf printed "$bag/data/report.docx"
convert pdf printed "$bag/data/evaluation.xlsx"
pdftotext printed/report.pdf word.txt
python3 count.py given.json word.txt || fail "the Word file lacks something"
pdftotext printed/evaluation.pdf book.txt
grep -q '費用対効果' book.txt || fail "the workbook's print lacks a criterion"
if [ -n "${HYOKA_ARTEFACTS:-}" ]; then
    cp "$bag/data/report.docx" "$bag/data/evaluation.xlsx" "$HYOKA_ARTEFACTS/"
    cp printed/report.pdf "$HYOKA_ARTEFACTS/report-word.pdf"
fi

step "the workbook is the dossier, with results beside it"
expect 0 "$hyoka" import "$bag/data/evaluation.xlsx" -o back.ron
"$hyoka" show back.ron >back.json
cmp given.json back.json
python3 - "$bag/data/evaluation.xlsx" <<'PYTHON' || fail "the workbook's results"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames[1:4] == ["結果_平均", "結果_評点", "結果_確認"], book.sheetnames
means = {(row[1].value, row[2].value): row for row in book["結果_平均"].iter_rows(min_row=3)}
mean = means["B", 6][5]
assert (mean.value, mean.number_format) == (2.3, "0.0"), (mean.value, mean.number_format)
assert len(means) == 21 and book["結果_確認"].max_row > 10
for sheet in (book[name] for name in book.sheetnames[1:4]):
    assert sheet.freeze_panes and sheet.page_setup.orientation == "landscape" and sheet.print_title_rows, sheet.title
PYTHON

printf '%s\n' "the bundle holds"
