use std::collections::HashMap;

use super::*;

fn key() -> (SecretString, String) {
    let mut random = [0u8; 128];
    getrandom::fill(&mut random).unwrap();
    let key = decide::key::form("sk_", &random).unwrap();
    let text = key.text.expose().to_owned();
    (key.text, text)
}

/// Those texts work, each of its key.
fn working(texts: &[(&str, &str)]) -> Whose {
    let known: HashMap<String, KeyId> = texts
        .iter()
        .map(|(text, id)| ((*text).to_owned(), KeyId::from(*id)))
        .collect();
    Arc::new(move |text| known.get(text).cloned())
}

fn place(folder: &Path) -> Place {
    Place::read("file:///ci", Some(folder)).unwrap()
}

#[tokio::test]
async fn a_text_stands_beside_until_the_change_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (secret, text) = key();
    let beside = place(folder.path())
        .put_beside(secret, None, working(&[]))
        .await
        .unwrap();
    assert_eq!(beside.waiting(), "file:///ci.next");
    assert!(!folder.path().join("ci").exists());
    assert_eq!(beside.settle().await, "file:///ci");
    let held = std::fs::read_to_string(folder.path().join("ci")).unwrap();
    assert_eq!(held, text);
}

#[tokio::test]
async fn what_a_crash_left_is_put_in_place_when_it_works_and_removed_when_not() {
    let folder = tempfile::tempdir().unwrap();
    let (next, there) = (folder.path().join("ci.next"), folder.path().join("ci"));
    let (_, committed) = key();
    std::fs::write(&next, &committed).unwrap();
    let (secret, _) = key();
    let beside = place(folder.path())
        .put_beside(
            secret,
            Some("key_1".into()),
            working(&[(&committed, "key_1")]),
        )
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(&there).unwrap(), committed);
    beside.withdraw().await;
    assert!(!next.exists());

    for never in [key().1, "half a ke".to_owned()] {
        std::fs::write(&next, &never).unwrap();
        let (secret, _) = key();
        let beside = place(folder.path())
            .put_beside(
                secret,
                Some("key_1".into()),
                working(&[(&committed, "key_1")]),
            )
            .await
            .unwrap();
        assert_ne!(std::fs::read_to_string(&next).unwrap(), never);
        beside.withdraw().await;
    }
    assert_eq!(
        std::fs::read_to_string(&there).unwrap(),
        committed,
        "untouched"
    );
}

#[tokio::test]
async fn what_is_no_text_of_the_key_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("ci");
    let (_, others) = key();
    let whose = working(&[(&others, "key_2")]);
    for held in [others.as_str(), "an operator's note"] {
        std::fs::write(&there, held).unwrap();
        let refused = place(folder.path())
            .put_beside(key().0, Some("key_1".into()), Arc::clone(&whose))
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::Conflict);
        assert_eq!(std::fs::read_to_string(&there).unwrap(), held);
    }
    // A text that works no more may go.
    std::fs::write(&there, key().1).unwrap();
    place(folder.path())
        .put_beside(key().0, Some("key_1".into()), whose)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_folder_that_cant_be_written_changes_nothing() {
    let refused = place(Path::new("/no/such/folder"))
        .put_beside(key().0, None, working(&[]))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::StorageUnavailable);
    let unset = Place::read("file:///ci", None).unwrap_err();
    assert_eq!(unset.code, Code::ValidationError);
}

#[tokio::test]
async fn a_text_that_cant_be_moved_is_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let (secret, text) = key();
    let beside = place(folder.path())
        .put_beside(secret, None, working(&[]))
        .await
        .unwrap();
    std::fs::create_dir(folder.path().join("ci")).unwrap();
    assert_eq!(beside.settle().await, "file:///ci.next");
    let held = std::fs::read_to_string(folder.path().join("ci.next")).unwrap();
    assert_eq!(held, text);
}
