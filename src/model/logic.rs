//! ロジックモデル: how the activities are to lead to the outcomes, step by step.

use super::id::has_id;
use super::{RowId, blank};
use serde::{Deserialize, Serialize};

/// Activities, outputs and outcomes, and which of them leads to which.
///
/// An outcome may lead to another outcome, and a step may be left out: nothing is made of the order of the kinds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogicModel {
    /// The activities, outputs and outcomes.
    #[serde(skip_serializing_if = "blank")]
    pub nodes: Vec<LogicNode>,
    /// What leads to what.
    #[serde(skip_serializing_if = "blank")]
    pub edges: Vec<LogicEdge>,
    /// Where it is printed.
    #[serde(skip_serializing_if = "blank")]
    pub printed_at: String,
}

/// An activity, an output or an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogicNode {
    /// Names the node within the model; edges refer to it.
    pub id: RowId,
    /// Which of the three.
    #[serde(skip_serializing_if = "blank")]
    pub kind: LogicKind,
    /// Its number as printed, which tells it from others of its kind.
    #[serde(skip_serializing_if = "blank")]
    pub no: String,
    /// The term of an outcome as printed (短期, 中期, 長期); empty for the others.
    #[serde(skip_serializing_if = "blank")]
    pub term: String,
    /// What is done, made or brought about.
    #[serde(skip_serializing_if = "blank")]
    pub text: String,
}

/// What a node of a logic model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LogicKind {
    /// アクティビティ
    #[default]
    Activity,
    /// アウトプット
    Output,
    /// アウトカム
    Outcome,
}

impl LogicKind {
    /// All kinds, in the order in which one leads to the next.
    pub const ALL: [Self; 3] = [Self::Activity, Self::Output, Self::Outcome];
}

/// That one node leads to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogicEdge {
    /// Names the edge within the model.
    pub id: RowId,
    /// The node that leads on; may be none of the model's while the model is being written.
    #[serde(skip_serializing_if = "blank")]
    pub from: RowId,
    /// The node to which it leads.
    #[serde(skip_serializing_if = "blank")]
    pub to: RowId,
    /// 後続アウトカムへのつながり: why the one leads to the other.
    #[serde(skip_serializing_if = "blank")]
    pub reasoning: String,
    /// アウトカムを複数段階で設定できない理由, where the outcome is not set in stages.
    #[serde(skip_serializing_if = "blank")]
    pub unstaged: String,
}

has_id!(LogicNode, LogicEdge);

impl LogicModel {
    /// The node of that id.
    pub fn node(&self, id: &RowId) -> Option<&LogicNode> {
        self.nodes.iter().find(|node| node.id == *id)
    }

    /// The nodes that no edge begins or ends at.
    pub fn unconnected(&self) -> impl Iterator<Item = &LogicNode> {
        self.nodes
            .iter()
            .filter(|node| self.edges.iter().all(|edge| edge.from != node.id && edge.to != node.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_leads_to_or_from_stands_alone() {
        let node = |id: &str| LogicNode { id: id.into(), ..LogicNode::default() };
        let edge = LogicEdge { from: "n1".into(), to: "n3".into(), ..LogicEdge::default() };
        let model = LogicModel {
            nodes: ["n1", "n2", "n3"].map(node).to_vec(),
            edges: vec![edge],
            ..LogicModel::default()
        };
        let alone: Vec<_> = model.unconnected().map(|node| node.id.as_str()).collect();
        assert_eq!(alone, ["n2"]);
        assert!(model.node(&"n4".into()).is_none());
    }
}
