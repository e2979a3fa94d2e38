//! Tables of the Word file: a head that is repeated on each page, rows that stay whole, cells that span rows.

use super::run::{Tone, run};
use super::style::{self, Style, TABLE, shade};
use super::xml::{El, el, val};
use crate::report::text::Text;

/// Rows higher than so many lines may be torn over two pages.
const WHOLE: usize = 14;
/// A table of no more rows than these, and no more lines than those below, is not torn at all.
const FEW_ROWS: usize = 10;
/// See [`FEW_ROWS`].
const FEW_LINES: usize = 20;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Text, from the left.
    Left,
    /// Text, from the left and the top.
    Top,
    /// Figures.
    Right,
    /// Short words.
    Centre,
    /// Whole sentences, from the top.
    Prose,
    /// An answer in a form.
    Entry,
    /// What the row is about.
    Head,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Width {
    /// So many millimetres.
    Mm(f64),
    /// A share of what is left.
    Share(f64),
    /// A share by what its texts want.
    Room,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    label: String,
    width: Width,
    align: Align,
}

impl Column {
    /// A column under a heading.
    pub(super) fn new(label: impl Into<String>, width: Width, align: Align) -> Self {
        Self { label: label.into(), width, align }
    }
}

/// Whether a cell is one with the cell above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Merge {
    #[default]
    Alone,
    First,
    Further,
}

/// A paragraph of a cell.
#[derive(Debug, Clone, Default)]
struct Piece {
    bullet: bool,
    runs: Vec<(Tone, String)>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pieces: Vec<Piece>,
    merge: Merge,
}

impl Cell {
    /// A cell of one text.
    pub(super) fn of(text: &Text<'_>) -> Self {
        Self::default().then(Tone::Plain, text)
    }

    /// A cell of fixed words.
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece { bullet: false, runs: vec![(Tone::Plain, words.into())] }],
            ..Self::default()
        }
    }

    /// A cell of one text that stands out.
    pub(super) fn strong(text: &Text<'_>) -> Self {
        Self::default().then(Tone::Strong, text)
    }

    /// A cell of bullets.
    pub(super) fn bullets(items: &[Text<'_>]) -> Self {
        let piece = |text| Piece { bullet: true, ..Self::piece(text) };
        Self { pieces: items.iter().map(piece).collect(), ..Self::default() }
    }

    /// A cell of paragraphs.
    pub(super) fn paragraphs(items: &[Text<'_>]) -> Self {
        Self { pieces: items.iter().map(Self::piece).collect(), ..Self::default() }
    }

    fn piece(text: &Text<'_>) -> Piece {
        Piece { bullet: false, runs: vec![(Tone::Plain, text.printed().into_owned())] }
    }

    /// The same with another text below.
    pub(super) fn then(mut self, tone: Tone, text: &Text<'_>) -> Self {
        if !text.is_empty() {
            self.pieces.push(Piece { bullet: false, runs: vec![(tone, text.printed().into_owned())] });
        }
        self
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.runs.iter().all(|(_, text)| text.trim().is_empty()))
    }

    fn same_as(&self, other: &Self) -> bool {
        let texts = |cell: &Self| -> Vec<String> {
            cell.pieces.iter().flat_map(|piece| piece.runs.iter().map(|(_, text)| text.clone())).collect()
        };
        texts(self) == texts(other)
    }

    fn characters(&self) -> usize {
        self.pieces.iter().flat_map(|piece| &piece.runs).map(|(_, text)| text.chars().count()).sum()
    }

    /// About how many lines it takes in a column of so many twentieths of a point.
    fn lines(&self, width: i32) -> usize {
        let fits = usize::try_from((width - 170).max(180) / 9).unwrap_or(1);
        let of = |line: &str| {
            let wide: usize = line.chars().map(|c| if c.is_ascii() { 10 } else { 19 }).sum();
            wide.div_ceil(fits).max(1)
        };
        self.pieces
            .iter()
            .map(|piece| piece.runs.iter().flat_map(|(_, text)| text.split('\n')).map(of).sum::<usize>())
            .sum()
    }
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// What it is, for who cannot see it.
    title: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// How many of the last rows are sums.
    sums: usize,
    /// Whether the first column tells what the rows are about, and no head stands above.
    form: bool,
}

impl Table {
    /// A table with a head.
    pub(super) fn new(title: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { title: title.into(), columns, rows, sums: 0, form: false }
    }

    /// A form: what is asked for on the left, the answer on the right.
    pub(super) fn form(title: impl Into<String>, rows: Vec<(&str, Cell)>) -> Self {
        let columns = vec![
            Column::new("", Width::Mm(30.0), Align::Head),
            Column::new("", Width::Share(1.0), Align::Entry),
        ];
        let rows = rows.into_iter().map(|(label, cell)| vec![Cell::words(label), cell]).collect();
        Self { form: true, ..Self::new(title, columns, rows) }
    }

    /// A table of records: a column without any content is left out.
    pub(super) fn records(title: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        let kept: Vec<bool> = (0..columns.len())
            .map(|at| at == 0 || rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let keep = |at: usize| kept.get(at).copied().unwrap_or_default();
        let columns = columns.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, c)| c).collect();
        let rows = rows
            .into_iter()
            .map(|row| {
                row.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, cell)| cell).collect()
            })
            .collect();
        Self::new(title, columns, rows)
    }

    /// The same with sums below.
    pub(super) fn sums(mut self, sums: Vec<Cell>) -> Self {
        self.rows.push(sums);
        self.sums += 1;
        self
    }

    /// The same with equal neighbours in the first column as one cell.
    pub(super) fn merged(mut self) -> Self {
        for at in 1..self.rows.len() {
            let (above, below) = self.rows.split_at_mut(at);
            let (Some(above), Some(below)) =
                (above.last_mut().and_then(|row| row.first_mut()), below[0].first_mut())
            else {
                continue;
            };
            if below.same_as(above) {
                if above.merge == Merge::Alone {
                    above.merge = Merge::First;
                }
                below.merge = Merge::Further;
            }
        }
        self
    }

    /// The widths of the columns in twentieths of a point, in a text of that width.
    fn widths(&self, text: i32) -> Vec<i32> {
        let room = |at: usize| {
            let label = self.columns[at].label.chars().count();
            let lengths: Vec<usize> =
                self.rows.iter().filter_map(|row| row.get(at)).map(Cell::characters).chain([label]).collect();
            #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
            let (mean, longest) = (
                lengths.iter().sum::<usize>() as f64 / lengths.len() as f64,
                lengths.iter().max().copied().unwrap_or_default() as f64,
            );
            mean.max(longest / 3.0).sqrt().clamp(1.8, 5.5)
        };
        let mm = |mm: f64| style::twips(mm * 72.0 / 25.4);
        let fixed: i32 =
            self.columns.iter().map(|c| if let Width::Mm(width) = c.width { mm(width) } else { 0 }).sum();
        let shares: Vec<f64> = (0..self.columns.len())
            .map(|at| match self.columns[at].width {
                Width::Mm(_) => 0.0,
                Width::Share(share) => share,
                Width::Room => room(at),
            })
            .collect();
        let all: f64 = shares.iter().sum::<f64>().max(0.1);
        let rest = f64::from((text - fixed).max(0));
        // Many fixed columns may want more than there is; then all give way.
        let wanted: Vec<i32> = (self.columns.iter().zip(&shares))
            .map(|(column, share)| match column.width {
                Width::Mm(width) => mm(width),
                #[expect(clippy::cast_possible_truncation, reason = "within the width of the text")]
                _ => ((rest * share / all) as i32).max(400),
            })
            .collect();
        let sum: i32 = wanted.iter().sum();
        if sum <= text { wanted } else { wanted.iter().map(|width| width * text / sum).collect() }
    }

    /// The table as an element, in a text of that width.
    pub(super) fn element(&self, text_width: i32) -> El {
        let widths = self.widths(text_width);
        let look = el("w:tblLook")
            .attr("w:val", if self.form { "0680" } else { "0620" })
            .attr("w:firstRow", i32::from(!self.form))
            .attr("w:lastRow", 0)
            .attr("w:firstColumn", i32::from(self.form))
            .attr("w:lastColumn", 0)
            .attr("w:noHBand", 1)
            .attr("w:noVBand", 1);
        let properties = el("w:tblPr")
            .with(val("w:tblStyle", TABLE))
            .with(el("w:tblW").attr("w:w", widths.iter().sum::<i32>()).attr("w:type", "dxa"))
            .with(el("w:tblLayout").attr("w:type", "fixed"))
            .with(look)
            .all((!self.title.is_empty()).then(|| val("w:tblCaption", &self.title)));
        let grid = el("w:tblGrid").all(widths.iter().map(|width| el("w:gridCol").attr("w:w", width)));
        let lines: Vec<usize> = self.rows.iter().map(|row| row_lines(row, &widths)).collect();
        // A small table stays with its last row; of a larger one the head stays with the first.
        let whole = lines.len() <= FEW_ROWS && lines.iter().sum::<usize>() <= FEW_LINES;
        let head = (!self.form).then(|| {
            let cells = self.columns.iter().zip(&widths).map(|(column, width)| {
                let words = Cell::words(column.label.as_str());
                words.element(*width, Align::Head, Some(style::SOFT), true)
            });
            row(true, true).all(cells)
        });
        let first_sum = self.rows.len() - self.sums;
        let rows = self.rows.iter().zip(&lines).enumerate().map(|(at, (cells, lines))| {
            // A form's first row names what it is about, and is repeated where the form goes on.
            let head = self.form && at == 0;
            let keep = whole && at + 1 < self.rows.len();
            let cells = (cells.iter().zip(&self.columns).zip(&widths)).map(|((cell, column), width)| {
                let label = self.form && column.align == Align::Head;
                let ground =
                    if label { Some(style::SOFT) } else { (at >= first_sum).then_some(style::PAPER) };
                cell.element(*width, column.align, ground, keep)
            });
            row(head, *lines <= WHOLE).all(cells)
        });
        el("w:tbl").with(properties).with(grid).all(head).all(rows)
    }
}

/// About how many lines a row takes.
fn row_lines(cells: &[Cell], widths: &[i32]) -> usize {
    cells.iter().zip(widths).map(|(cell, width)| cell.lines(*width)).max().unwrap_or(1)
}

/// A row, whether it is the head, and whether it stays on one page.
fn row(head: bool, whole: bool) -> El {
    let properties = el("w:trPr").all(whole.then(|| el("w:cantSplit"))).all(head.then(|| el("w:tblHeader")));
    if properties.is_empty() { el("w:tr") } else { el("w:tr").with(properties) }
}

impl Cell {
    fn element(&self, width: i32, align: Align, ground: Option<&str>, keep: bool) -> El {
        let style = match align {
            Align::Left | Align::Top => Style::Cell,
            Align::Right => Style::CellNumber,
            Align::Centre => Style::CellCentre,
            Align::Prose | Align::Entry => Style::CellProse,
            Align::Head => Style::CellHead,
        };
        let top = matches!(align, Align::Top | Align::Prose) || self.merge != Merge::Alone;
        let properties = el("w:tcPr")
            .with(el("w:tcW").attr("w:w", width).attr("w:type", "dxa"))
            .all(match self.merge {
                Merge::Alone => None,
                Merge::First => Some(val("w:vMerge", "restart")),
                Merge::Further => Some(el("w:vMerge")),
            })
            .all(ground.map(shade))
            .all(top.then(|| val("w:vAlign", "top")));
        // Heads are kept with what follows by their style.
        let kept = match (keep, style == Style::CellHead) {
            (true, false) => Some(el("w:keepNext")),
            (false, true) => Some(val("w:keepNext", 0)),
            _ => None,
        };
        let paragraph = |piece: &Piece| {
            let style = if piece.bullet { Style::CellBullet } else { style };
            el("w:p")
                .with(el("w:pPr").with(val("w:pStyle", style.id())).all(kept.clone()))
                .all(piece.runs.iter().map(|(tone, text)| run(*tone, text)))
        };
        let none = [Piece::default()];
        let pieces: &[Piece] =
            if self.merge == Merge::Further || self.pieces.is_empty() { &none } else { &self.pieces };
        el("w:tc").with(properties).all(pieces.iter().map(paragraph))
    }
}
