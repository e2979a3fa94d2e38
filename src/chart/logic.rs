//! ロジックモデル as a layered graph: activities, outputs and outcomes in columns, what leads to what as arrows.

use super::axis::{Axis, Scale, count};
use super::ink::{Dash, Hatch, Ink};
use super::marks::{Chart, DataTable, Mark, Shape, Where};
use super::{layout, measure, words};
use crate::both;
use crate::locale::Both;
use crate::model::{LogicKind, LogicModel, LogicNode, RowId, Subject};

/// The share of a column that a box fills.
const BOX: f64 = 0.78;
/// The least distance between two boxes of a column, in points.
const APART: f64 = 12.0;
/// How often the order within the columns is improved.
const SWEEPS: usize = 8;

/// A box, or the bend of an arrow that passes a column.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    /// Its place among the model's nodes; none for a bend.
    node: Option<usize>,
    layer: usize,
    height: f64,
    /// Its middle.
    y: f64,
}

/// A graph in columns.
#[derive(Debug, Default, PartialEq)]
struct Layers {
    placed: Vec<Placed>,
    /// From and to, each a path over bends.
    paths: Vec<Vec<usize>>,
    /// The boxes of each column, from the top.
    columns: Vec<Vec<usize>>,
}

/// The logic model of a subject; none without boxes.
pub fn chart(subject: &Subject) -> Option<Chart> {
    let model = &subject.logic;
    if model.nodes.is_empty() {
        return None;
    }
    let edges = edges(model);
    let layer = layer(model, &edges);
    let columns = layer.iter().max().map_or(1, |last| last + 1);
    let column = (layout::WIDTH - 22.0) / count(columns);
    let inner = column * BOX - 8.0;
    let heights: Vec<f64> = model
        .nodes
        .iter()
        .map(|node| {
            let lines = measure::wrap(&said(node), layout::TEXT, false, inner).len().max(1);
            count(lines) * layout::TEXT * measure::LINE + 12.0
        })
        .collect();
    let graph = arrange(&layer, &heights, &edges, columns);
    let bottom = graph.placed.iter().map(|placed| placed.y + placed.height / 2.0).fold(0.0, f64::max) + 6.0;
    let mut chart = Chart {
        id: "logic".to_owned(),
        title: words::titled(subject, "ロジックモデル", "Logic model"),
        source: words::printed_at([&model.printed_at]),
        x: Axis::rows((0..columns).map(|n| heading(model, &layer, n))),
        y: Axis { scale: Scale::Rows(Vec::new()), from: 0.0, to: bottom, title: Both::default() },
        height: bottom,
        table: DataTable::new([
            both!("派生元", "From"),
            both!("派生先", "To"),
            both!("後続へのつながり", "Why the one leads to the other"),
        ]),
        ..Chart::default()
    };
    let middle = |placed: &Placed| count(placed.layer) + 0.5;
    for path in &graph.paths {
        let points: Vec<_> = path.iter().map(|at| &graph.placed[*at]).collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
        let mut line = vec![[middle(first) + BOX / 2.0, first.y]];
        for bend in &points[1..points.len() - 1] {
            line.push([middle(bend) - BOX / 2.0, bend.y]);
            line.push([middle(bend) + BOX / 2.0, bend.y]);
        }
        let (Some(from), to) = (line.last().copied(), [middle(last) - BOX / 2.0, last.y]) else { continue };
        if line.len() > 1 {
            chart
                .marks
                .push(Shape::Line { points: line, ink: Ink::Quiet, dash: Dash::Solid, width: 1.2 }.into());
        }
        chart.marks.push(Shape::Arrow { from, to, ink: Ink::Quiet }.into());
    }
    for placed in &graph.placed {
        let Some(node) = placed.node.map(|index| &model.nodes[index]) else { continue };
        let (x, half) = (middle(placed), [BOX / 2.0, placed.height / 2.0]);
        let ink = match node.kind {
            LogicKind::Activity => Ink::Paper,
            LogicKind::Output => Ink::Soft,
            LogicKind::Outcome => Ink::Tint(2),
        };
        let shape = Shape::Bar {
            x: [x - half[0], x + half[0]],
            y: [placed.y - half[1], placed.y + half[1]],
            ink,
            hatch: Hatch::Plain,
            edge: Some(Ink::Series(0)),
            open: false,
        };
        let text = Both::same(said(node));
        let at = words::base(subject).child("logic").child("nodes").child(node.id.as_str());
        chart.marks.push(Mark::from(shape).saying(text.clone()).showing(at));
        chart.marks.push(Shape::label([x, placed.y], text, Where::Inside { half }).into());
    }
    let name = |id| Both::same(model.node(id).map(said).unwrap_or_default());
    chart.table.rows = model
        .edges
        .iter()
        .map(|edge| vec![name(&edge.from), name(&edge.to), Both::same(edge.reasoning.clone())])
        .collect();
    let arrows: Vec<_> =
        chart.table.rows.iter().map(|row| Both::same(format!("{} → {}", row[0].ja, row[1].ja))).collect();
    chart.summary = words::listed(&arrows);
    if arrows.is_empty() {
        chart.summary =
            words::listed(&model.nodes.iter().map(|node| Both::same(said(node))).collect::<Vec<_>>());
    }
    Some(chart)
}

fn said(node: &LogicNode) -> String {
    let term = if node.term.is_empty() { String::new() } else { format!("【{}】", node.term) };
    let no = if node.no.is_empty() { String::new() } else { format!("{} ", node.no) };
    format!("{term}{no}{}", node.text)
}

/// The kinds of a column.
fn heading(model: &LogicModel, layer: &[usize], column: usize) -> Both {
    let mut kinds: Vec<LogicKind> =
        layer.iter().zip(&model.nodes).filter(|(at, _)| **at == column).map(|(_, node)| node.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    words::joined(&kinds.into_iter().map(words::term).collect::<Vec<_>>(), "／")
}

/// What leads to what, by places among the nodes; an edge to a node that is not there yet is none.
fn edges(model: &LogicModel) -> Vec<(usize, usize)> {
    let at = |id: &RowId| model.nodes.iter().position(|node| node.id == *id);
    let mut edges: Vec<_> = model
        .edges
        .iter()
        .filter_map(|edge| Some((at(&edge.from)?, at(&edge.to)?)))
        .filter(|(from, to)| from != to)
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The column of each node: as far right as the longest way to it is long, and no kind left of its own.
fn layer(model: &LogicModel, edges: &[(usize, usize)]) -> Vec<usize> {
    let used: Vec<_> =
        LogicKind::ALL.into_iter().filter(|kind| model.nodes.iter().any(|n| n.kind == *kind)).collect();
    let own = |node: &LogicNode| used.iter().position(|kind| *kind == node.kind).unwrap_or_default();
    let mut layer: Vec<usize> = model.nodes.iter().map(own).collect();
    // As many rounds as there are nodes settle every way; a circle does not run on.
    for _ in 0..model.nodes.len() {
        let mut moved = false;
        for (from, to) in edges {
            if layer[*to] <= layer[*from] && layer[*from] + 1 < model.nodes.len().max(3) {
                layer[*to] = layer[*from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // Columns that stay empty are left out.
    let mut taken: Vec<_> = layer.clone();
    taken.sort_unstable();
    taken.dedup();
    layer.iter().map(|at| taken.iter().position(|known| known == at).unwrap_or_default()).collect()
}

/// Orders each column so that arrows cross little, and gives every box its middle.
fn arrange(layer: &[usize], heights: &[f64], edges: &[(usize, usize)], columns: usize) -> Layers {
    let mut graph = Layers { columns: vec![Vec::new(); columns], ..Layers::default() };
    for (node, (layer, height)) in layer.iter().zip(heights).enumerate() {
        graph.columns[*layer].push(node);
        graph.placed.push(Placed { node: Some(node), layer: *layer, height: *height, y: 0.0 });
    }
    for (from, to) in edges {
        let mut path = vec![*from];
        for between in layer[*from] + 1..layer[*to].max(layer[*from] + 1) {
            path.push(graph.placed.len());
            graph.columns[between].push(graph.placed.len());
            graph.placed.push(Placed { node: None, layer: between, height: 4.0, y: 0.0 });
        }
        path.push(*to);
        graph.paths.push(path);
    }
    for sweep in 0..SWEEPS {
        let order: Vec<usize> =
            if sweep % 2 == 0 { (0..columns).collect() } else { (0..columns).rev().collect() };
        stack(&mut graph);
        for column in order {
            let mut keyed: Vec<_> = graph.columns[column].iter().map(|at| (pull(&graph, *at), *at)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            graph.columns[column] = keyed.into_iter().map(|(_, at)| at).collect();
            stack(&mut graph);
        }
    }
    graph
}

/// Where its neighbours would have a box: the mean of their middles, or where it is if it has none.
fn pull(graph: &Layers, at: usize) -> f64 {
    let neighbours = graph.paths.iter().flat_map(|path| path.windows(2)).filter_map(|pair| match pair {
        [from, to] if *from == at => Some(*to),
        [from, to] if *to == at => Some(*from),
        _ => None,
    });
    let (sum, n) = neighbours.fold((0.0, 0.0), |(sum, n), other| (sum + graph.placed[other].y, n + 1.0));
    if n > 0.0 { sum / n } else { graph.placed[at].y }
}

/// Stacks every column, shorter ones centred beside the longest.
fn stack(graph: &mut Layers) {
    let tall = |column: &Vec<usize>, placed: &[Placed]| {
        column.iter().map(|at| placed[*at].height + APART).sum::<f64>() - APART
    };
    let longest = graph.columns.iter().map(|column| tall(column, &graph.placed)).fold(0.0, f64::max);
    for column in &graph.columns {
        // The rest is shared out between the boxes, so that a short column uses the height.
        let spare = (longest - tall(column, &graph.placed)) / count(column.len() + 1);
        let mut top = 6.0 + spare;
        for at in column {
            let placed = &mut graph.placed[*at];
            placed.y = top + placed.height / 2.0;
            top += placed.height + APART + spare;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::model::LogicEdge;

    fn model(nodes: &[(&str, LogicKind)], edges: &[(&str, &str)]) -> Subject {
        let logic = LogicModel {
            nodes: nodes
                .iter()
                .map(|(id, kind)| LogicNode {
                    id: (*id).into(),
                    kind: *kind,
                    text: format!("内容{id}"),
                    ..LogicNode::default()
                })
                .collect(),
            edges: edges
                .iter()
                .zip(0..)
                .map(|((from, to), n)| LogicEdge {
                    id: format!("e{n}").into(),
                    from: (*from).into(),
                    to: (*to).into(),
                    ..LogicEdge::default()
                })
                .collect(),
            ..LogicModel::default()
        };
        Subject { logic, ..Subject::default() }
    }

    #[test]
    fn outcomes_that_follow_outcomes_stand_further_right() {
        use LogicKind::{Activity, Outcome, Output};
        let subject = model(
            &[("a", Activity), ("b", Output), ("c", Outcome), ("d", Outcome)],
            &[("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")],
        );
        let edges = edges(&subject.logic);
        assert_eq!(layer(&subject.logic, &edges), [0, 1, 2, 3]);
        let chart = chart(&subject).unwrap();
        assert_eq!(chart.table.rows.len(), 4);
        assert!(chart.summary.ja.contains("内容c → 内容d"));
        let scene = layout::layout(&chart, &layout::Canvas::picture(Lang::Ja), None, &[]);
        assert_eq!(scene.left_out, 0);
    }

    #[test]
    fn a_circle_and_loose_ends_do_no_harm() {
        use LogicKind::{Activity, Outcome};
        let subject =
            model(&[("a", Activity), ("b", Outcome)], &[("a", "b"), ("b", "a"), ("b", "b"), ("a", "zz")]);
        assert!(chart(&subject).is_some());
        assert!(chart(&Subject::default()).is_none());
    }

    #[test]
    fn boxes_of_a_column_never_overlap() {
        use LogicKind::{Activity, Outcome, Output};
        let subject = model(
            &[
                ("a", Activity),
                ("b", Activity),
                ("c", Activity),
                ("d", Output),
                ("e", Output),
                ("f", Outcome),
            ],
            &[("a", "e"), ("b", "d"), ("c", "d"), ("d", "f"), ("e", "f"), ("a", "f")],
        );
        let edges = edges(&subject.logic);
        let layer = layer(&subject.logic, &edges);
        let graph = arrange(&layer, &[40.0; 6], &edges, 3);
        for column in &graph.columns {
            for pair in column.windows(2) {
                let (above, below) = (&graph.placed[pair[0]], &graph.placed[pair[1]]);
                assert!(below.y - below.height / 2.0 >= above.y + above.height / 2.0 + APART - 1e-9);
            }
        }
        // The one activity that leads to the second output stands where its arrow does not cross the others'.
        let place = |node: usize| graph.placed[node].y;
        assert_eq!(place(0) > place(1), place(4) > place(3));
    }
}
