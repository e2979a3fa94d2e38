//! Workbooks that hold none of our tables: nothing is recognised in them, nothing hangs, every cell is told.

use crate::support::{proposed, shown, workbooks};
use hyoka::import::Answers;
use hyoka::model::Dossier;
use hyoka::sheets::{Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use std::time::{Duration, Instant};

#[test]
fn workbooks_of_other_kinds_hold_no_tables_of_ours() {
    let Some(folder) = workbooks() else { return };
    let reader = Reader::guarded(
        env!("CARGO_BIN_EXE_hyoka").into(),
        Limits { time: Duration::from_secs(10), ..Limits::default() },
    );
    let mut read = 0;
    for part in ["government", "traps"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder.join(part)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            // Loops for ever; that the reader ends it is tested with the reader.
            if path.ends_with("oleloop.xls") {
                continue;
            }
            let Ok(books) = reader.read(&path, None, &Unwatched) else { continue };
            for book in books {
                let start = Instant::now();
                let proposal = proposed(&book, &Dossier::default(), &Answers::new());
                let took = start.elapsed();
                assert!(
                    proposal.tables.is_empty() && proposal.questions.is_empty(),
                    "{}: {}",
                    book.file,
                    shown(&proposal)
                );
                // Unoptimised, beside other work; a person waits for a tenth of it.
                assert!(took < Duration::from_mins(1), "{}: {took:?}", book.file);
                read += 1;
            }
        }
    }
    assert!(read > 50, "{read} workbooks");
}
