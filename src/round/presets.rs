//! Criteria and scales to begin with.

use crate::locale::Lang;
use crate::model::{CriteriaSets, Scale, ScaleStep};
use std::sync::LazyLock;

/// A usual scale. The meanings of its steps are to be checked before use: none is confirmed by a published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalePreset {
    /// 3 to 0, as METI's technology evaluation uses it.
    ThreeToZero,
    /// A to D.
    AToD,
    /// S, then A to D.
    SToD,
}

impl ScalePreset {
    /// All presets.
    pub const ALL: [Self; 3] = [Self::ThreeToZero, Self::AToD, Self::SToD];

    /// What a choice calls it.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ThreeToZero => lang.t("3～0（経産省 技術評価）", "3 to 0 (METI)"),
            Self::AToD => lang.t("A～D（NEDO など）", "A to D (NEDO and others)"),
            Self::SToD => lang.t("S・A～D（JST など）", "S, A to D (JST and others)"),
        }
    }

    /// The scale, best first, marked 要確認.
    pub fn scale(self) -> Scale {
        let steps: &[(&str, i16, &str)] = match self {
            Self::ThreeToZero => {
                &[("3", 3, "極めて妥当"), ("2", 2, "妥当"), ("1", 1, "概ね妥当"), ("0", 0, "妥当でない")]
            }
            Self::AToD => &[
                ("A", 3, "非常によい"),
                ("B", 2, "よい"),
                ("C", 1, "概ね適切"),
                ("D", 0, "適切とはいえない"),
            ],
            Self::SToD => &[
                ("S", 4, "特に優れている"),
                ("A", 3, "優れている"),
                ("B", 2, "妥当である"),
                ("C", 1, "やや劣っている"),
                ("D", 0, "劣っている"),
            ],
        };
        let step = |(label, value, meaning): &(&str, i16, &str)| ScaleStep {
            value: *value,
            label: (*label).to_owned(),
            meaning: (*meaning).to_owned(),
        };
        Scale { steps: steps.iter().map(step).collect(), to_be_confirmed: true }
    }
}

/// METI's criteria: seven that score a project, eight headings for the programme.
pub fn criteria() -> &'static CriteriaSets {
    // They are asked for in every frame, and the sample is a long text.
    static KNOWN: LazyLock<CriteriaSets> = LazyLock::new(|| crate::sample::blank().criteria);
    &KNOWN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_ends_at_zero_and_asks_to_be_confirmed() {
        for preset in ScalePreset::ALL {
            let scale = preset.scale();
            assert_eq!(scale.range().map(|(low, _)| low), Some(0));
            assert!(scale.to_be_confirmed);
        }
    }

    #[test]
    fn seven_criteria_are_scored_and_eight_are_headings() {
        let sets = criteria();
        assert_eq!((sets.project.scored().count(), sets.programme.criteria.len()), (7, 8));
        assert_eq!(sets.programme.scored().count(), 0);
        assert_eq!(sets.project.scale, ScalePreset::ThreeToZero.scale());
    }
}
