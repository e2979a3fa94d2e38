//! No figure, name or year of a dossier stops the checks.

#[path = "../support/dossiers.rs"]
mod dossiers;

use hyoka::check;
use hyoka::generate::{self, Size};
use hyoka::locale::Lang;

#[test]
fn odd_dossiers_are_checked_to_the_end() {
    let all = [dossiers::odd_figures(), dossiers::odd_names(), dossiers::odd_years()];
    for (name, dossier) in all.into_iter().flatten() {
        for finding in check::run(&dossier) {
            for lang in Lang::ALL {
                assert!(!finding.message.t(lang).is_empty(), "{name}: {}", finding.rule.id);
            }
            assert!(!finding.places.is_empty(), "{name}: {}", finding.rule.id);
        }
    }
}

/// The figures of a generated dossier agree with each other, so that what is found in one is found falsely.
#[test]
fn nothing_is_found_where_all_agrees() {
    for (projects, years, members) in [(1, 1, 1), (1, 5, 4), (3, 50, 5), (50, 10, 30)] {
        let dossier = generate::dossier(Size { projects, years, members }, 7);
        let found: Vec<_> = check::run(&dossier)
            .iter()
            .map(|finding| format!("{}: {}", finding.rule.id, finding.sentence(Lang::Ja)))
            .collect();
        assert!(
            found.is_empty(),
            "{projects} projects: {} found, first {:#?}",
            found.len(),
            &found[..found.len().min(5)]
        );
    }
}
